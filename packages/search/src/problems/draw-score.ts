import { fold, type Key, normal, split, uniform } from '@neuronseek/tensor/random';
import type { Coefficient, Recipe } from './recipe.js';
import { addPower, addProduct, moments, type Score } from './score.js';

/** The keys that a score is drawn from. */
export interface ScoreKeys {
  readonly weights: Key;
  readonly signs: Key;
  readonly sizes: Key;
}

/** Keys of class c: each has coefficients and forms of its own. */
export function classKeys(keys: ScoreKeys, c: number): ScoreKeys {
  const [weights, signs, sizes] = [keys.weights, keys.signs, keys.sizes].map((k) => fold(k, c));
  return { weights, signs, sizes };
}

/**
 * Draws coefficients and forms of a recipe: every form has weights N(0, 1)/√r on the r relevant columns, and forms of its own for every component.
 * With `columnWeights` the powers of a column have a weight N(0, 1), else weight 1.
 */
export function drawScore(
  { power, interaction }: Recipe,
  keys: ScoreKeys,
  x: Float64Array,
  rows: number,
  inputs: number,
  relevant: readonly number[],
  columnWeights: boolean,
): Score {
  const count = interaction.reduce((sum, [order]) => sum + order, 0);
  const { length: width } = relevant;
  const forms = normal(keys.weights, count * width, { standardDeviation: 1 / Math.sqrt(width) });
  const columns = normal(fold(keys.weights, 0), power.length * width);
  const signs = uniform(keys.signs, Math.max(3, power.length + interaction.length));
  const [u1, u2, u3] = uniform(keys.sizes, 3);
  const named = { c1: 1 + 2 * u1, c2: 1 + 2 * u2, c3: 0.5 + 2.5 * u3 };
  const sign = (i: number): number => (signs[i] < 0.5 ? -1 : 1);
  /** What the term, written with coefficient 1, is multiplied by. */
  const factor = (coefficient: Coefficient, index: number, add: (out: Float64Array) => void): number => {
    if (typeof coefficient === 'number') return coefficient;
    if (coefficient !== 'unit') return sign(['c1', 'c2', 'c3'].indexOf(coefficient)) * named[coefficient];
    const values = new Float64Array(rows);
    add(values);
    return sign(index) / moments(values).deviation;
  };
  const powers = power.map(([order, coefficient], p) => {
    const weights = new Float64Array(inputs);
    relevant.forEach((d, j) => {
      weights[d] = columnWeights ? columns[p * width + j] : 1;
    });
    const scale = factor(coefficient, p, (out) => addPower(out, x, weights, order));
    return { order, weights: weights.map((w) => w * scale) };
  });
  const components = new Map<number, Float64Array[]>();
  let at = 0;
  interaction.forEach(([order, coefficient], q) => {
    const own = new Float64Array(order * inputs);
    for (let m = 0; m < order; m++) {
      relevant.forEach((d, j) => {
        own[m * inputs + d] = forms[(at + m) * width + j];
      });
    }
    at += order;
    const scale = factor(coefficient, power.length + q, (out) => addProduct(out, x, own, order));
    for (let d = 0; d < inputs; d++) own[d] *= scale;
    components.set(order, [...(components.get(order) ?? []), own]);
  });
  return { power: powers, interaction: Array.from(components, ([order, list]) => ({ order, components: list })) };
}

/** The columns that matter, ascending: all of them, or as many as `relevant` says, chosen by the key. */
export function relevantColumns(key: Key, inputs: number, relevant: number): number[] {
  const all = Array.from({ length: inputs }, (_, d) => d);
  if (relevant === inputs) return all;
  const [draw] = split(key, 1);
  const rank = uniform(draw, inputs);
  return all
    .sort((a, b) => rank[a] - rank[b])
    .slice(0, relevant)
    .sort((a, b) => a - b);
}
