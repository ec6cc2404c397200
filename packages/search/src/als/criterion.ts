import { log } from '@neuronseek/tensor/math';
import { atomParameters, countParameters } from './model.js';
import { nullGain } from './null-gains.js';
import type { Problem } from './problem.js';

/** Orders of the terms of one neuron: powers, and each product of the interaction stream. */
export interface Shape {
  readonly powers: readonly number[];
  /** Ascending, one for each product: a rank of 2 is the same order twice. */
  readonly orders: readonly number[];
}

/** What a penalty depends on. */
export type Setting = Pick<Problem, 'inputs' | 'rows' | 'likelihoods' | 'repetition'>;

/** Deviations above the mean gain in noise: over all orders and steps of a search it is passed less than once in a hundred targets of noise. */
const DEVIATIONS = 3.5;

/** How much of the deviance the terms of a structure have to earn: what the best terms of these orders would gain in noise, and a margin. */
export function penalty(setting: Setting, { powers, orders }: Shape): number {
  let sum = powers.length * powerPenalty(setting);
  for (const order of orders) sum += productsGain(setting, order, atomParameters(setting.inputs, order), 1);
  return sum * inflation(countParameters(setting.inputs, powers.length, orders), setting);
}

/** Products of this order that have so many parameters together, each with a margin of its own; more where errors have heavy tails. */
export function productsGain(setting: Setting, order: number, parameters: number, products: number): number {
  const { inputs, likelihoods } = setting;
  const mean = parameters * likelihoods.length * nullGain(inputs, order);
  return (order === 2 ? 1 : likelihoods[0].tails) * (mean + DEVIATIONS * Math.sqrt(products * mean));
}

/** A power: chi-square with a degree of freedom for each input and output. */
export function powerPenalty({ inputs, likelihoods }: Setting): number {
  const degrees = inputs * likelihoods.length;
  return degrees + DEVIATIONS * Math.sqrt(2 * degrees) + 6;
}

/** The best product of this order lowers the deviance by so much in noise, or by less. */
export function noiseGain({ inputs, likelihoods }: Setting, order: number): number {
  const mean = atomParameters(inputs, order) * likelihoods.length * nullGain(inputs, order);
  return mean + DEVIATIONS * Math.sqrt(mean);
}

/**
 * p parameters fitted to n rows of noise take −n·ln(1 − p/n) off the deviance: more than p where n is not many times p. Rows that are repeated gain as often
 * as they stand there, in the mean Σc²/Σc times.
 */
export function inflation(parameters: number, { rows, repetition }: Pick<Setting, 'rows' | 'repetition'>): number {
  const share = Math.min(0.99, (repetition * parameters) / rows);
  return (-log(1 - share) / share) * repetition;
}
