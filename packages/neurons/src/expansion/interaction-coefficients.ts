import type { Tensor } from '@neuronseek/tensor';
import type { Interaction } from '../interaction.js';
import type { Degree } from '../monomial-table.js';
import type { Coefficients } from './coefficients.js';

/** Which output of which neuron is multiplied out, and in which of its inputs. */
export interface Scope {
  readonly inputs: number;
  readonly outputs: number;
  readonly output: number;
  /** Inputs that occur, at least one. */
  readonly active: readonly number[];
  /** The monomials in the active inputs, of every degree up to that of the interaction. */
  readonly table: readonly Degree[];
}

/**
 * Coefficients of the monomials of one interaction. Linear forms are multiplied in one at a time and equal monomials summed as they arise; Tucker
 * and TT sum over one rank at a time, so that no product of ranks is formed beyond the core.
 */
export function interactionCoefficients<V, N>(
  numbers: Coefficients<V, N>,
  part: Interaction,
  scope: Scope,
  read: (t: Tensor) => V,
): V {
  const { outputs, output, table } = scope;
  const sums = numbers.zeros(table[part.order].count);
  /** Form r of a factor of shape [D, R, C]. */
  const form = (factor: Tensor, rank: number, r: number): V =>
    numbers.gather(read(factor), r * outputs + output, rank * outputs, scope.active);
  switch (part.form) {
    case 'cp':
      for (let r = 0; r < part.rank; r++) {
        const forms = part.factors.map((factor) => form(factor, part.rank, r));
        addProductOf(numbers, forms, table, sums);
      }
      return sums;
    case 'symmetric':
      for (let r = 0; r < part.rank; r++) {
        const forms = new Array<V>(part.order).fill(form(part.factor, part.rank, r));
        const power = numbers.zeros(table[part.order].count);
        addProductOf(numbers, forms, table, power);
        numbers.addScaled(sums, power, read(part.weights), r * outputs + output);
      }
      return sums;
    case 'tucker': {
      const core = read(part.core);
      /** Σ over the ranks from mode m on, with the ranks before in `place`. */
      const rest = (m: number, place: number): V => {
        if (m === part.order) return numbers.gather(core, place * outputs + output, 1, [0]);
        const sum = numbers.zeros(table[part.order - m].count);
        const { next } = table[part.order - m - 1];
        for (let r = 0; r < part.ranks[m]; r++) {
          const inner = rest(m + 1, place * part.ranks[m] + r);
          numbers.addProduct(sum, inner, form(part.factors[m], part.ranks[m], r), next);
        }
        return sum;
      };
      return rest(0, 0);
    }
    case 'tt':
      return trainCoefficients(numbers, part.cores, [1, ...part.ranks, 1], scope, read);
  }
}

function addProductOf<V, N>(numbers: Coefficients<V, N>, forms: readonly V[], table: readonly Degree[], sums: V): void {
  let partial = numbers.one();
  forms.forEach((form, k) => {
    const product = k + 1 < forms.length ? numbers.zeros(table[k + 1].count) : sums;
    numbers.addProduct(product, partial, form, table[k].next);
    partial = product;
  });
}

function trainCoefficients<V, N>(
  numbers: Coefficients<V, N>,
  cores: readonly Tensor[],
  ranks: readonly number[],
  { inputs, outputs, output, active, table }: Scope,
  read: (t: Tensor) => V,
): V {
  let row = [numbers.one()];
  cores.forEach((core, m) => {
    const left = row;
    const right = ranks[m + 1];
    row = Array.from({ length: right }, (_, b) => {
      const sum = numbers.zeros(table[m + 1].count);
      left.forEach((value, a) => {
        const start = (a * inputs * right + b) * outputs + output;
        numbers.addProduct(sum, value, numbers.gather(read(core), start, right * outputs, active), table[m].next);
      });
      return sum;
    });
  });
  return row[0];
}
