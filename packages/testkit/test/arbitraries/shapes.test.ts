import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { broadcastPair, permutation, shape, shapeDefaults, stridedView } from '../../src/index.js';

/** Places of all elements of a view, in row-major order. */
function places(shape: readonly number[], strides: readonly number[], offset: number): number[] {
  const [size, ...sizes] = shape;
  const [stride, ...rest] = strides;
  if (size === undefined || stride === undefined) return [offset];
  return Array.from({ length: size }, (_, i) => places(sizes, rest, offset + i * stride)).flat();
}

/** Whether some of 1000 generated values satisfies the predicate (fixed seed). */
function reaches<T>(arbitrary: fc.Arbitrary<T>, predicate: (value: T) => boolean): boolean {
  return fc.sample(arbitrary, { numRuns: 1000, seed: 1 }).some(predicate);
}

describe('shape', () => {
  it('defaults', () => {
    expect(shapeDefaults).toEqual({ minOrder: 0, maxOrder: 4, minSize: 0, maxSize: 5 });
  });

  test.prop([shape()])('stays within the defaults', (s) => {
    expect(s.length).toBeLessThanOrEqual(4);
    for (const size of s) expect(size >= 0 && size <= 5).toBe(true);
  });

  test.prop([shape({ minOrder: 2, maxOrder: 3, minSize: 1, maxSize: 2 })])('stays within the options', (s) => {
    expect(s.length === 2 || s.length === 3).toBe(true);
    for (const size of s) expect(size === 1 || size === 2).toBe(true);
  });

  it('reaches scalars, empty axes and the bounds', () => {
    expect(reaches(shape(), (s) => s.length === 0)).toBe(true);
    expect(reaches(shape(), (s) => s.length === 4 && s.includes(0) && s.includes(5))).toBe(true);
  });
});

describe('broadcastPair', () => {
  test.prop([broadcastPair()])('obeys the rule at every axis', ({ a, b, result }) => {
    expect(result).toHaveLength(Math.max(a.length, b.length));
    for (let i = 1; i <= result.length; i++) {
      const [x, y, z] = [a.at(-i), b.at(-i), result.at(-i)];
      const sizes = i > a.length ? [y] : i > b.length ? [x] : [x, y];
      const stretched = sizes.filter((size) => size !== 1);
      expect(new Set(stretched).size).toBeLessThanOrEqual(1);
      expect(z).toBe(stretched[0] ?? 1);
    }
  });

  it('reaches stretching of either side, missing axes and equal shapes', () => {
    const pairs = broadcastPair();
    expect(reaches(pairs, ({ a, b }) => a.length < b.length)).toBe(true);
    expect(reaches(pairs, ({ a, b }) => a.length > b.length)).toBe(true);
    expect(reaches(pairs, ({ a, result }) => a.some((s, i) => s === 1 && result.at(i - a.length) === 5))).toBe(true);
    expect(reaches(pairs, ({ b, result }) => b.some((s, i) => s === 1 && result.at(i - b.length) === 0))).toBe(true);
    expect(reaches(pairs, ({ a, b }) => a.length > 1 && a.join() === b.join())).toBe(true);
  });
});

describe('permutation', () => {
  test.prop([fc.nat(8).chain((n) => permutation(n).map((p) => ({ n, p })))])('is a bijection', ({ n, p }) => {
    expect([...p].sort((i, j) => i - j)).toEqual(Array.from({ length: n }, (_, i) => i));
  });

  it('reaches all of S_3 and shrinks to the identity', () => {
    expect(new Set(fc.sample(permutation(3), { numRuns: 1000, seed: 1 }).map(String)).size).toBe(6);
    const failed = fc.check(
      fc.property(permutation(4), () => false),
      { seed: 5 },
    );
    expect(failed.counterexample).toEqual([[0, 1, 2, 3]]);
  });
});

describe('stridedView', () => {
  test.prop([stridedView()])('has all elements inside the buffer', ({ shape: s, strides, offset, length }) => {
    expect(strides).toHaveLength(s.length);
    for (const place of places(s, strides, offset)) expect(place >= 0 && place < length).toBe(true);
  });

  test.prop([stridedView({ overlapping: false })])(
    'has one place an element where asked',
    ({ shape: s, strides, offset }) => {
      const all = places(s, strides, offset);
      expect(new Set(all).size).toBe(all.length);
    },
  );

  it('reaches negative, zero and short strides, gaps, offsets and permuted axes', () => {
    const views = stridedView();
    const long = { minOrder: 2, minSize: 2 };
    expect(reaches(views, ({ strides }) => strides.some((s) => s < 0))).toBe(true);
    expect(reaches(stridedView(long), ({ strides }) => strides.includes(0))).toBe(true);
    expect(reaches(views, ({ offset, length }) => offset === 0 && length > 1)).toBe(true);
    expect(reaches(views, ({ offset }) => offset > 3)).toBe(true);
    const apart = stridedView({ ...long, overlapping: false });
    expect(reaches(apart, ({ strides: [a = 0, b = 0] }) => Math.abs(a) < Math.abs(b))).toBe(true);
    expect(
      reaches(stridedView(long), ({ shape: s, strides }) => {
        const all = places(s, strides, 0);
        return !strides.includes(0) && new Set(all).size < all.length;
      }),
    ).toBe(true);
  });
});
