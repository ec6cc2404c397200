import { flatten, type Tensor } from '@neuronseek/tensor';
import type { Interaction } from '../interaction.js';
import type { Numbers } from './numbers.js';

/** The value of one output of an interaction at x, in any arithmetic: the definition of each form, number by number. */
export function interactionValue<T>(
  numbers: Numbers<T>,
  part: Interaction,
  outputs: number,
  output: number,
  x: readonly T[],
): T {
  const { from, add, multiply } = numbers;
  const zero = from(0);
  /** Σ_d values[start + d·stride]·x_d. */
  const form = (values: ArrayLike<number>, start: number, stride: number): T => {
    let sum = zero;
    for (let d = 0; d < x.length; d++) {
      const u = values[start + d * stride];
      if (u !== 0) sum = add(sum, multiply(from(u), x[d]));
    }
    return sum;
  };
  /** The forms of a factor of shape [D, R, C]. */
  const forms = (factor: Tensor, rank: number): T[] => {
    const values = flatten(factor);
    return Array.from({ length: rank }, (_, r) => form(values, r * outputs + output, rank * outputs));
  };
  const sumOf = (terms: readonly T[]): T => terms.reduce(add, zero);
  switch (part.form) {
    case 'cp': {
      const all = part.factors.map((factor) => forms(factor, part.rank));
      return sumOf(all.reduce((product, z) => product.map((p, r) => multiply(p, z[r]))));
    }
    case 'symmetric': {
      const weights = flatten(part.weights);
      return sumOf(
        forms(part.factor, part.rank).map((z, r) => {
          let product = from(weights[r * outputs + output]);
          for (let m = 0; m < part.order; m++) product = multiply(product, z);
          return product;
        }),
      );
    }
    case 'tucker': {
      let rest = Array.from(flatten(part.core), from).filter((_, i) => i % outputs === output);
      // Contracts the last mode first: its entries stand next to each other.
      for (let m = part.order - 1; m >= 0; m--) {
        const rank = part.ranks[m];
        const z = forms(part.factors[m], rank);
        const core = rest;
        rest = Array.from({ length: core.length / rank }, (_, i) =>
          sumOf(z.map((value, r) => multiply(core[i * rank + r], value))),
        );
      }
      return rest[0];
    }
    case 'tt': {
      const ranks = [1, ...part.ranks, 1];
      let row = [from(1)];
      part.cores.forEach((core, m) => {
        const values = flatten(core);
        const right = ranks[m + 1];
        const left = row;
        row = Array.from({ length: right }, (_, b) =>
          sumOf(
            left.map((value, a) =>
              multiply(value, form(values, (a * x.length * right + b) * outputs + output, right * outputs)),
            ),
          ),
        );
      });
      return row[0];
    }
  }
}
