import { log } from '@neuronseek/tensor/math';
import { inflation } from './criterion.js';
import { setAllOffsets } from './fit-outputs.js';
import { countParameters, fittedValues, type Parameters } from './model.js';
import type { Problem } from './problem.js';
import type { Context, State } from './state.js';

/** Deviations above the mean rise of the deviance when a column goes that has nothing to do with the target. */
const DEVIATIONS = 3.5;

/**
 * The columns that a fitted structure depends on: without one of them the deviance rises by more than it would were all its numbers fitted to noise.
 *
 * A column is taken away without fitting the others again, which overstates the rise where columns are correlated: none is lost by that, and those
 * left over are asked again. Cost: a pass over the rows for each column.
 */
export function relevantInputs({ problem, response }: Context, { parameters, powers, orders }: State): number[] {
  const { inputs, rows, likelihoods } = problem;
  setAllOffsets(problem, response.softmax, parameters);
  const fitted = new Float64Array(rows);
  const residual = new Float64Array(rows);
  const weights = new Float64Array(rows);
  const devianceOf = (output: Parameters, c: number): number => {
    fittedValues(problem, output, fitted);
    return likelihoods[c].deviance(fitted, residual, weights);
  };
  const whole = parameters.map(devianceOf);
  const numbers = (powers.length + orders.reduce((sum, order) => sum + order, 0)) * parameters.length;
  // The largest of as many rises as there are columns.
  const noise = noiseRise(numbers, countParameters(inputs, powers.length, orders), problem) + 2 * log(inputs);
  return Array.from({ length: inputs }, (_, d) => d).filter((column) => {
    const rise = parameters.reduce(
      (sum, output, c) => sum + devianceOf(without(output, column, inputs), c) - whole[c],
      0,
    );
    return rise > noise;
  });
}

/** How much the deviance rises at most, nearly always, when numbers go that were fitted to noise: of `parameters` in all. */
export function noiseRise(numbers: number, parameters: number, setting: Pick<Problem, 'rows' | 'repetition'>): number {
  return inflation(parameters, setting) * (numbers + DEVIATIONS * Math.sqrt(2 * numbers));
}

function without({ bias, powers, weights, atoms }: Parameters, column: number, inputs: number): Parameters {
  const kept = (numbers: Float64Array): Float64Array => numbers.map((v, i) => (i % inputs === column ? 0 : v));
  return {
    bias,
    powers,
    weights: kept(weights),
    atoms: atoms.map(({ order, forms }) => ({ order, forms: kept(forms) })),
  };
}

/** The same parameters over some of the columns. */
export function restricted(
  { bias, powers, weights, atoms }: Parameters,
  columns: readonly number[],
  inputs: number,
): Parameters {
  const picked = (numbers: Float64Array): Float64Array =>
    Float64Array.from({ length: (numbers.length / inputs) * columns.length }, (_, i) => {
      const row = Math.floor(i / columns.length);
      return numbers[row * inputs + columns[i % columns.length]];
    });
  return {
    bias,
    powers,
    weights: picked(weights),
    atoms: atoms.map(({ order, forms }) => ({ order, forms: picked(forms) })),
  };
}

/** Twice the nats it takes to say which `chosen` of `all` columns are meant. */
export function choiceCost(all: number, chosen: number): number {
  let sum = 0;
  for (let k = 1; k <= chosen; k++) sum += log((all - chosen + k) / k);
  return 2 * sum;
}
