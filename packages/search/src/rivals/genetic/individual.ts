import type { Program } from '../programs/program.js';

/** A formula slope·f + intercept with what is known of it. */
export interface Individual {
  readonly program: Program;
  readonly slope: number;
  readonly intercept: number;
  /** Mean squared error over the target's variance, on the rows of the search. */
  readonly error: number;
}

/** The least error for every number of nodes. */
export type Archive = Map<number, Individual>;

/** Keeps the individual if no other as small is as good. */
export function remember(archive: Archive, individual: Individual): void {
  const size = individual.program.code.length;
  const known = archive.get(size);
  if (known === undefined || individual.error < known.error) archive.set(size, individual);
}

/** The individuals that are better than every smaller one, by size. */
export function paretoFront(archive: Archive): Individual[] {
  const front: Individual[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const size of [...archive.keys()].sort((a, b) => a - b)) {
    const individual = archive.get(size);
    if (individual && individual.error < least) {
      front.push(individual);
      least = individual.error;
    }
  }
  return front;
}
