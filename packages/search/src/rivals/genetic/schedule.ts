import { type GeneFunction, geneFunctions } from '../programs/opcodes.js';

/** What one island may use, and for how long. */
export interface IslandPlan {
  readonly functions: readonly GeneFunction[];
  readonly generations: number;
}

/**
 * Vocabularies from small to large: polynomials, quotients, waves, growth, growth with quotients and roots, and everything. A large one buries a polynomial under smooth functions that
 * come close to it; a small one has only the polynomial.
 */
const families: readonly (readonly GeneFunction[])[] = [
  ['add', 'sub', 'mul'],
  ['add', 'sub', 'mul', 'div'],
  ['add', 'sub', 'mul', 'sin', 'cos'],
  ['add', 'sub', 'mul', 'exp', 'log'],
  ['add', 'sub', 'mul', 'div', 'exp', 'log', 'sqrt'],
  geneFunctions,
];

/** The families as far as their functions are to be used, each once. */
export function vocabularies(functions: readonly GeneFunction[]): readonly (readonly GeneFunction[])[] {
  const sets = new Map<string, readonly GeneFunction[]>();
  for (const family of families) {
    const usable = geneFunctions.filter((name) => functions.includes(name) && family.includes(name));
    if (usable.length > 0) sets.set(usable.join(), usable);
  }
  return [...sets.values()];
}

/**
 * Functions and generations of every island: rounds over the vocabularies that the functions to be used contain, each island of a round twice as long
 * as in the round before, the last `generations` long, so that easy targets cost little.
 */
export function islandPlans(
  functions: readonly GeneFunction[],
  rounds: number,
  generations: number,
): readonly IslandPlan[] {
  const sets = vocabularies(functions);
  return Array.from({ length: rounds }, (_, round) =>
    sets.map((usable) => ({
      functions: usable,
      generations: Math.max(1, Math.ceil(generations / 2 ** (rounds - 1 - round))),
    })),
  ).flat();
}
