import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { arange } from '../../src/core/create.js';
import { type Range, slice } from '../../src/core/ops/slice.js';
import type { Tensor } from '../../src/core/tensor.js';
import { at, elements, indices } from '../support/elements.js';
import { stridedTensor } from '../support/strided.js';

type Bound = number | undefined;

/**
 * Python's rule from its language reference, not from its algorithm: the items at start + n·step for n ≥ 0 that lie before stop,
 * where negative bounds count from the end and bounds beyond an end mean that end.
 */
function pythonIndices(n: number, start: Bound, stop: Bound, step: Bound = 1): number[] {
  const low = step > 0 ? 0 : -1;
  const bound = (value: Bound, open: number): number => {
    if (value === undefined) return open;
    const counted = value < 0 ? value + n : value;
    return Math.min(Math.max(counted, low), low + n);
  };
  const [first, last] = step > 0 ? [bound(start, low), bound(stop, n)] : [bound(start, n - 1), bound(stop, low)];
  const found: number[] = [];
  for (let i = first; step > 0 ? i < last : i > last; i += step) found.push(i);
  return found;
}

const bound = fc.option(fc.integer({ min: -6, max: 6 }), { nil: undefined });
const step = fc.option(fc.constantFrom(1, 2, 3, 7, -1, -2, -3, -7), { nil: undefined });
const range = fc.record({ start: bound, stop: bound, step });

describe('slice', () => {
  test('takes what CPython takes, for all bounds and steps of short axes', () => {
    // One number for each length: a hash over what `list(range(n))[start:stop:step]` gives in CPython 3, 50 after every list.
    const bounds: Bound[] = [undefined, ...Array.from({ length: 15 }, (_, i) => i - 7)];
    const hashes = [0, 1, 2, 3, 4, 5].map((n) => {
      const x = arange(n);
      let hash = 7;
      for (const start of bounds) {
        for (const stop of bounds) {
          for (const step of [undefined, 1, 2, 3, 7, -1, -2, -3, -7]) {
            for (const v of [...elements(slice(x, [{ start, stop, step }])), 50])
              hash = (hash * 31 + v + 1) % 1_000_003;
          }
        }
      }
      return hash;
    });
    expect(hashes).toEqual([692326, 246931, 30180, 766238, 902816, 518699]);
  });

  const cut = stridedTensor('float64', { maxOrder: 4, maxSize: 5 }, {}).chain((x) => {
    const axis = (n: number): fc.Arbitrary<Range> =>
      n === 0
        ? fc.oneof(fc.constant(undefined), range)
        : fc.oneof(fc.constant(undefined), range, fc.integer({ min: -n, max: n - 1 }));
    return fc
      .tuple(fc.tuple(...x.shape.map(axis)), fc.nat(x.order))
      .map(([ranges, named]) => ({ x, ranges: ranges.slice(0, named) }));
  });

  test.prop([cut])('follows Python along every axis, as a view', ({ x, ranges }) => {
    const y = slice(x, ranges);
    const taken = x.shape.map((n, axis) => {
      const r = ranges[axis];
      return typeof r === 'number' ? [r < 0 ? r + n : r] : pythonIndices(n, r?.start, r?.stop, r?.step);
    });
    expect(y.shape).toEqual(taken.flatMap((list, axis) => (typeof ranges[axis] === 'number' ? [] : [list.length])));
    const expected = indices(taken.map((list) => list.length)).map((index) =>
      at(
        x,
        index.map((i, axis) => taken[axis][i]),
      ),
    );
    expect(elements(y)).toEqual(expected);
    expect(y.data).toBe(x.data);
  });

  test.prop([cut])('of nothing still points into the buffer', ({ x, ranges }) => {
    const y: Tensor = slice(x, ranges);
    if (x.size > 0) {
      expect(y.offset).toBeGreaterThanOrEqual(0);
      expect(y.offset).toBeLessThan(x.data.length);
    }
  });
});
