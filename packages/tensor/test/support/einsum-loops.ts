import type { Tensor } from '../../src/core/tensor.js';
import { at, indices } from './elements.js';

/** A sum of products over all values of all indices, and the sum of the sizes of the products. */
export interface LoopResult {
  readonly shape: number[];
  readonly values: number[];
  readonly sizes: number[];
  /** How many products were added up for one element. */
  readonly terms: number;
}

/** Einstein's summation by its definition: an index a name, one a axis; an axis of size 1 is read at 0 whatever its index is. */
export function einsumLoops(
  terms: readonly (readonly string[])[],
  output: readonly string[],
  xs: readonly Tensor[],
): LoopResult {
  const range = new Map<string, number>();
  terms.forEach((labels, k) => {
    labels.forEach((label, axis) => {
      const size = xs[k].shape[axis];
      if (!range.has(label) || range.get(label) === 1) range.set(label, size);
    });
  });
  const sizeOf = (label: string): number => range.get(label) ?? 1;
  const summed = [...range.keys()].filter((label) => !output.includes(label));
  const shape = output.map(sizeOf);
  const inner = indices(summed.map(sizeOf));
  const values: number[] = [];
  const sizes: number[] = [];
  for (const outerIndex of indices(shape)) {
    let total = 0;
    let size = 0;
    for (const innerIndex of inner) {
      const value = new Map([
        ...output.map((label, i) => [label, outerIndex[i]] as const),
        ...summed.map((label, i) => [label, innerIndex[i]] as const),
      ]);
      const term = xs.reduce((product, x, k) => {
        const index = terms[k].map((label, axis) => (x.shape[axis] === 1 ? 0 : (value.get(label) ?? 0)));
        return product * at(x, index);
      }, 1);
      total += term;
      size += Math.abs(term);
    }
    values.push(total);
    sizes.push(size);
  }
  return { shape, values, sizes, terms: inner.length };
}
