import { flatten } from '@neuronseek/tensor';
import type { Interaction } from '../interaction.js';

/** weight·Π_m (forms[m]·x)^exponent. */
export interface LinearProduct {
  readonly weight: number;
  /** The coefficients of each linear form, one for each input. */
  readonly forms: readonly Float64Array[];
  readonly exponent: number;
}

const maxProducts = 10_000;

/** The products of linear forms whose sum one output of an interaction is. */
export function interactionProducts(
  part: Interaction,
  inputs: number,
  outputs: number,
  output: number,
): readonly LinearProduct[] {
  /** form[d] = elements[start + d·stride + output]. */
  const form = (elements: ArrayLike<number>, start: number, stride: number): Float64Array =>
    Float64Array.from({ length: inputs }, (_, d) => elements[start + d * stride + output]);
  switch (part.form) {
    case 'cp': {
      const factors = part.factors.map((factor) => flatten(factor));
      return Array.from({ length: part.rank }, (_, r) => ({
        weight: 1,
        forms: factors.map((factor) => form(factor, r * outputs, part.rank * outputs)),
        exponent: 1,
      }));
    }
    case 'symmetric': {
      const weights = flatten(part.weights);
      const factor = flatten(part.factor);
      return Array.from({ length: part.rank }, (_, r) => ({
        weight: weights[r * outputs + output],
        forms: [form(factor, r * outputs, part.rank * outputs)],
        exponent: part.order,
      }));
    }
    case 'tucker': {
      const core = flatten(part.core);
      const factors = part.factors.map((factor) => flatten(factor));
      return combinations(part.ranks).map((ranks, i) => ({
        weight: core[i * outputs + output],
        forms: ranks.map((r, m) => form(factors[m], r * outputs, part.ranks[m] * outputs)),
        exponent: 1,
      }));
    }
    case 'tt': {
      const cores = part.cores.map((core) => flatten(core));
      const bonds = [1, ...part.ranks, 1];
      return combinations(part.ranks).map((inner) => {
        const path = [0, ...inner, 0];
        const forms = cores.map((core, m) => {
          const stride = bonds[m + 1] * outputs;
          return form(core, path[m] * inputs * stride + path[m + 1] * outputs, stride);
        });
        return { weight: 1, forms, exponent: 1 };
      });
    }
  }
}

/** All index tuples below `sizes`, the last index fastest. */
function combinations(sizes: readonly number[]): readonly (readonly number[])[] {
  const count = sizes.reduce((a, b) => a * b, 1);
  if (count > maxProducts) {
    throw new RangeError(
      `toExpressionNeuron: an interaction of ranks ${sizes.join(', ')} must be at most ${maxProducts} products: got ${count}`,
    );
  }
  return Array.from({ length: count }, (_, i) => {
    const tuple = new Array<number>(sizes.length);
    for (let m = sizes.length - 1; m >= 0; m--) {
      tuple[m] = i % sizes[m];
      i = Math.floor(i / sizes[m]);
    }
    return tuple;
  });
}
