import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { arange, tensor } from '../../src/core/create.js';
import { flip } from '../../src/core/ops/flip.js';
import { ravel, reshape } from '../../src/core/ops/reshape.js';
import { slice } from '../../src/core/ops/slice.js';
import { broadcastTo } from '../../src/core/ops/sum-broadcast.js';
import { transpose } from '../../src/core/ops/transpose.js';
import { reshapedStrides } from '../../src/core/reshaped-strides.js';
import { sizeOf } from '../../src/core/shape.js';
import type { Tensor } from '../../src/core/tensor.js';
import { at, elements, indices } from '../support/elements.js';
import { stridedTensor } from '../support/strided.js';

/** Shapes of equal size: the prime factors of the sizes, and ones, grouped anew. */
const pairs = fc
  .array(fc.tuple(fc.constantFrom(1, 2, 2, 3), fc.boolean(), fc.boolean()), { maxLength: 5 })
  .map((factors) => {
    const group = (cut: (i: number) => boolean): number[] => {
      const sizes: number[] = [];
      factors.forEach(([f], i) => {
        if (i === 0 || cut(i)) sizes.push(f);
        else sizes[sizes.length - 1] *= f;
      });
      return sizes;
    };
    return { from: group((i) => factors[i][1]), to: group((i) => factors[i][2]) };
  });

/** Where the elements of a layout stand, in row-major order. */
function places(shape: readonly number[], strides: readonly number[]): number[] {
  return indices(shape).map((index) => index.reduce((sum, i, k) => sum + i * strides[k], 0));
}

/** Strides of shape `to` that visit `wanted` in order, found from the step at which each axis first moves; undefined if there are none. */
function search(wanted: readonly number[], to: readonly number[]): number[] | undefined {
  const strides = to.map((n, k) => (n === 1 ? 0 : wanted[sizeOf(to.slice(k + 1))] - wanted[0]));
  const found = places(to, strides).map((p) => p + (wanted[0] ?? 0));
  return found.every((p, q) => p === wanted[q]) ? strides : undefined;
}

describe('reshape of views', () => {
  test.prop([pairs, fc.array(fc.constantFrom(0, 1, 2, 3, -1, -2, 4, 6, 12, -6), { minLength: 5, maxLength: 5 })])(
    'finds strides exactly when there are some',
    ({ from, to }, steps) => {
      const strides = from.map((_, k) => steps[k]);
      const wanted = places(from, strides);
      const found = reshapedStrides(from, strides, to);
      expect(found === undefined).toBe(search(wanted, to) === undefined);
      if (found !== undefined) expect(places(to, found)).toEqual(wanted);
    },
  );

  test.prop([pairs, fc.integer({ min: 0, max: 3 })])(
    'merging and splitting contiguous strides',
    ({ from, to }, times) => {
      // Contiguous up to a factor, which may be 0 or run backwards.
      const strides = from.map((_, k) => sizeOf(from.slice(k + 1)) * (times - 1));
      expect(reshapedStrides(from, strides, to)).toBeDefined();
    },
  );

  test.prop([stridedTensor('float64', { maxOrder: 4, maxSize: 3 })])(
    'keeps the elements whether it copies or not',
    (x) => {
      for (const to of [
        [x.size],
        [1, x.size, 1],
        [...x.shape].reverse(),
        [...x.shape.slice(0, 2), sizeOf(x.shape.slice(2))],
      ]) {
        const y = reshape(x, to);
        expect(y.shape).toEqual(to);
        expect(elements(y)).toEqual(elements(x));
      }
      expect(elements(ravel(x))).toEqual(elements(x));
    },
  );

  const grid = reshape(arange(24), [4, 6]);
  const cases: readonly [string, Tensor, number[], boolean][] = [
    ['splits the columns of a transpose', transpose(grid), [2, 3, 4], true],
    ['does not merge a transpose', transpose(grid), [24], false],
    ['merges reversed rows', flip(grid), [24], true],
    ['does not merge rows reversed one by one', flip(grid, 1), [24], false],
    ['merges broadcast axes', broadcastTo(tensor(1), [3, 4]), [12], true],
    ['does not merge a broadcast axis with another', broadcastTo(arange(4), [3, 4]), [12], false],
    ['splits a slice with gaps', slice(grid, [undefined, { stop: 4 }]), [2, 2, 2, 2], true],
    ['merges every second element', slice(arange(24), [{ step: 2 }]), [3, 4], true],
    ['puts in and takes out ones', transpose(grid), [1, 6, 1, 4, 1], true],
  ];
  test.each(cases)('%s', (_what, x, to, view) => {
    const y = reshape(x, to);
    expect(y.data === x.data).toBe(view);
    expect(elements(y)).toEqual(elements(x));
    if (view && y.size > 0)
      expect(
        at(
          y,
          to.map((n) => n - 1),
        ),
      ).toBe(elements(x)[x.size - 1]);
  });
});
