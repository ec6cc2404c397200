import { log } from '@neuronseek/tensor/math';
import { atomParameters, countParameters } from './model.js';
import type { Problem } from './problem.js';

/** Orders of the terms of one neuron: powers, and each product of the interaction stream. */
export interface Shape {
  readonly powers: readonly number[];
  /** Ascending, one for each product: a rank of 2 is the same order twice. */
  readonly orders: readonly number[];
}

/** How long the parameters of a structure take to describe, in units of the deviance; every output has its own. */
export function penalty(problem: Pick<Problem, 'inputs' | 'rows' | 'likelihoods'>, { powers, orders }: Shape): number {
  const { inputs, rows, likelihoods } = problem;
  return likelihoods.length * countParameters(inputs, powers.length, orders) * log(rows);
}

/** A product of this order has to lower the deviance by more, or it is what the best of so many products finds in noise. */
export function noiseGain({ inputs, likelihoods }: Pick<Problem, 'inputs' | 'likelihoods'>, order: number): number {
  return likelihoods.length * (3.2 * atomParameters(inputs, order) + 10);
}
