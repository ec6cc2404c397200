import { freeCount } from '../programs/literal.js';
import type { RandomStream } from '../programs/random-stream.js';
import type { Individual } from './individual.js';

/** Numbers of free constants that are told apart: 0, 1, 2, and more. */
const CONSTANTS = 4;

/**
 * A population kept in niches by number of nodes and of free constants, in each the best few (MAP-Elites; Mouret, Clune 2015). Competition among
 * equals only: a formula with five fitted constants beats every half-finished exact one, and would crowd out what leads to the truth.
 */
export interface Niches {
  readonly capacity: number;
  /** By niche; sorted by error. */
  readonly cells: Individual[][];
  /** Numbers of the niches that are not empty. */
  readonly used: number[];
}

export function createNiches(maxSize: number, capacity: number): Niches {
  return { capacity, cells: Array.from({ length: (maxSize + 1) * CONSTANTS }, () => []), used: [] };
}

/** Puts the individual in its niche if that has room or a worse one in it. */
export function settle({ capacity, cells, used }: Niches, individual: Individual): void {
  const { program, error } = individual;
  const index = program.code.length * CONSTANTS + Math.min(freeCount(program), CONSTANTS - 1);
  const cell = cells[index];
  if (cell.length === 0) used.push(index);
  let at = cell.length;
  while (at > 0 && cell[at - 1].error > error) at--;
  if (at >= capacity) return;
  cell.splice(at, 0, individual);
  if (cell.length > capacity) cell.pop();
}

/** A parent: the one with the least error of `rounds` that are drawn from a random niche. */
export function tournament({ cells, used }: Niches, rounds: number, random: RandomStream): Individual {
  const cell = cells[used[random.below(used.length)]];
  let winner = cell.length;
  // Niches are sorted by error, so the least index has the least error.
  for (let i = 0; i < rounds; i++) winner = Math.min(winner, random.below(cell.length));
  return cell[winner];
}
