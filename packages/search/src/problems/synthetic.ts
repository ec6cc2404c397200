import type { NeuronStructure } from '@neuronseek/neurons';
import { checkCount, syntheticSettings } from './check-options.js';
import { makeProblem } from './make-problem.js';
import { type Mixture, mixtureRecipe, mixtures, syntheticRecipes } from './recipe.js';
import type { SyntheticOptions, SyntheticProblem } from './synthetic-problem.js';

/** Names of the fifteen targets of NeuronSeek's benchmark: 'pure v0' … 'pure v4', 'interact v0' … , 'hybrid v0' … 'hybrid v4'. */
export const syntheticProblems: readonly string[] = /* @__PURE__ */ syntheticRecipes.map(({ name }) => name);

/** Names of the mixtures with ranks above one or up to three orders: 'I2,2' is an interaction of order 2 and rank 2, 'P1,3 I2,3' has two streams. */
export const mixtureProblems: readonly string[] = /* @__PURE__ */ mixtures.map(({ name }) => name);

/**
 * A data set of NeuronSeek's benchmark with its truth (utils/synthetic_data.py of HanyuPei22/NeuronSeek, after arXiv:2506.15715).
 *
 * Powers Σ_d x_d^k have one coefficient, interactions Π_m ⟨w_m, x⟩ forms of N(0, 1)/√D; noise of deviation `baseNoise` is added, y is standardised over
 * all rows, and noise of deviation `noise` is added once more. With `relevant` columns, sums and forms run over those alone. With `classes`, labels are drawn
 * from the softmax of logits: of two classes, ∓steepness/2 times the standardised target; of three, steepness times standardised scores that
 * have coefficients, forms and, N(0, 1), weights of columns of their own.
 *
 * Same name and options, same bits. Throws a RangeError for a name or an option that makes no sense, a TypeError for one that there is not.
 */
export function syntheticProblem(name: string, options: SyntheticOptions): SyntheticProblem {
  const settings = syntheticSettings('syntheticProblem', options);
  return makeProblem('syntheticProblem', named('syntheticProblem', syntheticRecipes, name), settings);
}

/**
 * A target whose components, the power streams and each product of forms, have equal variance and random signs: one of {@link mixtureProblems}, or of any
 * structure, where rank R of an order is R components. Otherwise as {@link syntheticProblem}.
 */
export function mixtureProblem(structure: string | NeuronStructure, options: SyntheticOptions): SyntheticProblem {
  const settings = syntheticSettings('mixtureProblem', options);
  return makeProblem('mixtureProblem', mixtureRecipe(mixtureOf(structure)), settings);
}

/** Inputs, and a target of N(0, 1) that has nothing to do with them, standardised. `baseNoise` is 1 where it is not given; the noise floor is about 1. */
export function noiseProblem(options: SyntheticOptions): SyntheticProblem {
  const settings = syntheticSettings('noiseProblem', { baseNoise: 1, ...options });
  return makeProblem('noiseProblem', { name: 'noise', power: [], interaction: [] }, settings);
}

function mixtureOf(structure: string | NeuronStructure): Mixture {
  if (typeof structure === 'string') return named('mixtureProblem', mixtures, structure);
  const { power, interaction } = structure;
  const orders = interaction.flatMap(({ order, rank }) => {
    checkCount('mixtureProblem', 'order', order);
    checkCount('mixtureProblem', 'rank', rank);
    return new Array<number>(rank).fill(order);
  });
  for (const order of power) checkCount('mixtureProblem', 'order', order);
  const name = [power.length > 0 ? `P${power}` : '', orders.length > 0 ? `I${orders}` : ''].join(' ').trim();
  return { name, power, orders };
}

function named<T extends { readonly name: string }>(op: string, all: readonly T[], name: string): T {
  const found = all.find((one) => one.name === name);
  if (found) return found;
  throw new RangeError(`${op}: the name must be one of ${all.map((one) => one.name).join('; ')}: got ${name}`);
}
