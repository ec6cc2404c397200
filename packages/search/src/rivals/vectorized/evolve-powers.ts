import { ADD, FEATURE, MUL, NUMBER, SUB } from '../programs/opcodes.js';
import { depth, join, leaf, type Program, replaceSubtree, subtree } from '../programs/program.js';
import type { RandomStream } from '../programs/random-stream.js';
import type { VectorizedSettings } from './options.js';
import { polynomialOf, powersOf } from './polynomial-of.js';
import type { PowerFit } from './power-fit.js';

/** A tree of the vector symbol with the fit of its powers. */
export interface VectorIndividual {
  readonly program: Program;
  readonly fit: PowerFit;
}

const operators: readonly number[] = [ADD, SUB, MUL];

/** A random tree ("grow"); constants are even on (−1, 1). */
export function growTree(
  settings: Pick<VectorizedSettings, 'vectorShare'>,
  levels: number,
  random: RandomStream,
): Program {
  // As in the reference the chance of an operator falls from level to level.
  if (levels > 1 && random.next() < 0.3 + 0.1 * levels) {
    const op = operators[random.below(operators.length)];
    return join(op, growTree(settings, levels - 1, random), growTree(settings, levels - 1, random));
  }
  return random.next() < settings.vectorShare ? leaf(FEATURE) : leaf(NUMBER, 2 * random.next() - 1);
}

/** The individual of a tree; undefined if it is too deep or has no vector in it, or powers that are not allowed. */
export function assessTree(
  program: Program,
  settings: VectorizedSettings,
  fitOf: (powers: readonly number[]) => PowerFit | undefined,
): VectorIndividual | undefined {
  if (depth(program) > settings.maxDepth) return undefined;
  const coefficients = polynomialOf(program, settings.maxOrder);
  const powers = coefficients ? powersOf(coefficients) : [];
  const fit = powers.length > 0 ? fitOf(powers) : undefined;
  return fit && { program, fit };
}

/** Better fit first; of equal ones the smaller tree. */
export function compareTrees(a: VectorIndividual, b: VectorIndividual): number {
  return a.fit.criterion - b.fit.criterion || a.program.code.length - b.program.code.length;
}

/**
 * The next population: the elite, then children. Every tournament reads the fitness that stands with the individual itself, so no order of lists can
 * mix them up; individuals are never changed, so an elite copy shares nothing that could be.
 */
export function nextTrees(
  population: readonly VectorIndividual[],
  settings: VectorizedSettings,
  random: RandomStream,
  assess: (program: Program) => VectorIndividual | undefined,
): VectorIndividual[] {
  const next = [...population].sort(compareTrees).slice(0, Math.ceil(settings.elite * population.length));
  for (let tries = 0; next.length < settings.population && tries < 20 * settings.population; tries++) {
    const parent = winner(population, settings.tournament, random);
    const u = random.next();
    if (u >= settings.crossover + settings.mutation) {
      next.push(parent);
      continue;
    }
    const part =
      u < settings.crossover
        ? randomSubtree(winner(population, settings.tournament, random).program, random)
        : growTree(settings, 4, random);
    const individual = assess(replaceSubtree(parent.program, random.below(parent.program.code.length), part));
    if (individual) next.push(individual);
  }
  return next;
}

function randomSubtree(program: Program, random: RandomStream): Program {
  return subtree(program, random.below(program.code.length));
}

/** The best of some that are drawn. */
export function winner(
  population: readonly VectorIndividual[],
  rounds: number,
  random: RandomStream,
): VectorIndividual {
  let best = population[random.below(population.length)];
  for (let i = 1; i < rounds; i++) {
    const other = population[random.below(population.length)];
    if (compareTrees(other, best) < 0) best = other;
  }
  return best;
}
