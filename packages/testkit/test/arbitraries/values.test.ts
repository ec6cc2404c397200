import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  data,
  matrix,
  matrixDefaults,
  rankDeficient,
  symmetricPositiveDefinite,
  value,
  valueDefaults,
  wellConditioned,
} from '../../src/index.js';

/** Row echelon by complete pivoting: the pivots in order of elimination. */
function pivots(rows: number, columns: number, values: Float64Array): number[] {
  const a = Array.from({ length: rows }, (_, i) => Array.from(values.subarray(i * columns, (i + 1) * columns)));
  const out: number[] = [];
  while (a.length > 0 && (a[0]?.length ?? 0) > 0) {
    let [pi, pj] = [0, 0];
    a.forEach((row, i) => {
      row.forEach((x, j) => {
        if (Math.abs(x) > Math.abs(a[pi][pj])) [pi, pj] = [i, j];
      });
    });
    const [pivotRow] = a.splice(pi, 1);
    const pivot = pivotRow[pj];
    out.push(pivot);
    if (pivot === 0) break;
    for (const row of a) {
      const m = row[pj] / pivot;
      row.forEach((_, j) => {
        row[j] -= m * pivotRow[j];
      });
      row.splice(pj, 1);
    }
  }
  return out;
}

describe('value', () => {
  it('defaults', () => {
    expect(valueDefaults).toEqual({ min: -10, max: 10, special: [] });
  });

  test.prop([value()])('is finite, within the bounds and never -0', (x) => {
    expect(x >= -10 && x <= 10).toBe(true);
    expect(Object.is(x, -0)).toBe(false);
  });

  test.prop([fc.double({ noNaN: true, noDefaultInfinity: true }), fc.double({ noNaN: true, noDefaultInfinity: true })])(
    'keeps any finite bounds',
    (a, b) => {
      const [min, max] = a <= b ? [a, b] : [b, a];
      for (const x of fc.sample(value({ min, max }), 5)) expect(x >= min && x <= max).toBe(true);
    },
  );

  it('shrinks to a small readable number', () => {
    const shrunk = (predicate: (x: number) => boolean): unknown =>
      fc.check(fc.property(value(), predicate), { seed: 3, numRuns: 1000 }).counterexample?.[0];
    expect(shrunk((x) => x <= 2.75)).toBe(3);
    expect(shrunk((x) => Number.isInteger(x) || x < 0)).toBe(0.5);
  });

  it('specials are mixed in, inverted bounds are refused', () => {
    const sample = fc.sample(value({ special: [Number.NaN, -0] }), { numRuns: 200, seed: 1 });
    expect(sample.some(Number.isNaN)).toBe(true);
    expect(sample.some((x) => Object.is(x, -0))).toBe(true);
    expect(() => value({ min: 1, max: 0 })).toThrow(new RangeError('value: min is above max: min is 1, max is 0'));
  });
});

describe('data and matrix', () => {
  test.prop([data({ min: 1, max: 2, maxOrder: 3, maxSize: 3 })])('as many elements as the shape asks for', (d) => {
    expect(d.data).toHaveLength(d.shape.reduce((product, size) => product * size, 1));
    expect(d.data.every((x) => x >= 1 && x <= 2)).toBe(true);
  });

  test.prop([data({ shape: [2, 3] }), matrix({ rows: 4 })])('a given shape is kept', (d, m) => {
    expect(d.shape).toEqual([2, 3]);
    expect(m.shape[0]).toBe(4);
    expect(m.shape[1] >= 1 && m.shape[1] <= matrixDefaults.maxSize).toBe(true);
  });
});

describe('special matrices', () => {
  test.prop([wellConditioned()])(
    'wellConditioned: one dominant entry a row, in a permutation',
    ({ shape: [n], data: a }) => {
      const columns = new Set<number>();
      for (let i = 0; i < n; i++) {
        const row = Array.from(a.subarray(i * n, (i + 1) * n), Math.abs);
        const largest = Math.max(...row);
        columns.add(row.indexOf(largest));
        const beside = row.reduce((sum, x) => sum + x, 0) - largest;
        // max norm of A over the lower bound of 1 / max norm of its inverse (Varah 1975).
        expect(largest - beside).toBeGreaterThanOrEqual((n + 1) / 2);
        expect(largest + beside).toBeLessThanOrEqual((3 * n + 1) / 2);
      }
      expect(columns.size).toBe(n);
    },
  );

  test.prop([symmetricPositiveDefinite()])(
    'symmetricPositiveDefinite: exactly symmetric, every pivot at least 1',
    (m) => {
      const [n] = m.shape;
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) expect(m.data[i * n + j]).toBe(m.data[j * n + i]);
      // Schur complements of I + B B^T are at least I, so every pivot is at least 1, up to rounding.
      for (const pivot of pivots(n, n, m.data)) expect(pivot).toBeGreaterThan(1 - 1e-12);
    },
  );

  test.prop([rankDeficient()])('rankDeficient: integers, rank below both sizes and as told', ({ matrix: m, rank }) => {
    const [rows, columns] = m.shape;
    expect(rank).toBeLessThan(Math.min(rows, columns));
    expect(m.data.every((x) => Number.isInteger(x) && !Object.is(x, -0))).toBe(true);
    // Entries stay below 2 * 2 * 6; true pivots of so small an integer matrix are far above 1e-9, rounding far below.
    expect(pivots(rows, columns, m.data).filter((pivot) => Math.abs(pivot) > 1e-9)).toHaveLength(rank);
  });

  it('rankDeficient reaches rank 0 and rank 3', () => {
    const ranks = fc.sample(rankDeficient(), { numRuns: 500, seed: 1 }).map(({ rank }) => rank);
    expect(ranks).toContain(0);
    expect(ranks).toContain(3);
  });
});
