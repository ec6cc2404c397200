import { fc, test } from '@fast-check/vitest';
import { tensor } from '@neuronseek/tensor';
import { det, qr } from '@neuronseek/tensor/linalg';
import { key, normal } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import { maxvol } from '../src/tt/cross/maxvol.js';

const rowsOf = (a: Float64Array, r: number, rows: ArrayLike<number>): Float64Array =>
  Float64Array.from({ length: rows.length * r }, (_, q) => a[rows[Math.floor(q / r)] * r + (q % r)]);

/** Largest entry of A - B·A[rows, :]. */
function residual(a: Float64Array, r: number, { rows, coefficients }: ReturnType<typeof maxvol>): number {
  const chosen = rowsOf(a, r, rows);
  let largest = 0;
  for (let q = 0; q < a.length; q++) {
    const i = Math.floor(q / r);
    let sum = a[q];
    for (let j = 0; j < r; j++) sum -= coefficients[i * r + j] * chosen[j * r + (q % r)];
    largest = Math.max(largest, Math.abs(sum));
  }
  return largest;
}

const largestOf = (values: Float64Array): number => values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);

describe('maxvol', () => {
  test('5000 x 50: A = B·A[rows] to 1e-12 and 1 ≤ max|B| ≤ 1.01 (peer case 44)', () => {
    const q = qr(tensor(normal(key(1), 5000 * 50), [5000, 50])).q;
    const a = Float64Array.from(q.toTypedArray());
    const found = maxvol(a, 5000, 50);
    expect(residual(a, 50, found)).toBeLessThan(1e-12);
    expect(largestOf(found.coefficients)).toBeGreaterThanOrEqual(1);
    expect(largestOf(found.coefficients)).toBeLessThanOrEqual(1.01);
    expect(new Set(found.rows).size).toBe(50);
  });

  test.prop([fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 8 }), fc.nat(10000), fc.nat(3)])(
    'no swap of a row raises the volume by more than a percent, from any start',
    (r, more, seed, given) => {
      const m = r + more;
      const a = normal(key(seed), m * r);
      const start = Array.from({ length: Math.min(given, r) }, (_, j) => m - 1 - j);
      const found = maxvol(a, m, r, { start });
      expect(residual(a, r, found)).toBeLessThan(1e-10 * largestOf(a));
      expect(largestOf(found.coefficients)).toBeLessThanOrEqual(1.01);
      const volume = (rows: ArrayLike<number>): number => Math.abs(det(tensor(rowsOf(a, r, rows), [r, r])).item());
      const own = volume(found.rows);
      for (let j = 0; j < r; j++) {
        for (let i = 0; i < m; i++) {
          const swapped = Array.from(found.rows, (row, at) => (at === j ? i : row));
          expect(volume(swapped)).toBeLessThanOrEqual(1.01 * own * (1 + 1e-10));
        }
      }
    },
  );

  test('keeps rows that are good enough, and drops those that are dependent', () => {
    const a = Float64Array.of(1, 0, 0, 1, 1.2, 0, 1, 0);
    expect(Array.from(maxvol(a, 4, 2, { start: [0, 1], bound: 1.5 }).rows)).toEqual([0, 1]);
    expect(Array.from(maxvol(a, 4, 2, { start: [0, 1] }).rows)).toEqual([2, 1]);
    const found = maxvol(a, 4, 2, { start: [0, 3] });
    expect(Array.from(found.rows).sort()).toEqual([1, 2]);
  });

  test('a matrix of lower rank gives finite numbers', () => {
    const found = maxvol(new Float64Array(12), 4, 3);
    expect(found.coefficients.every(Number.isFinite)).toBe(true);
    expect(new Set(found.rows).size).toBe(3);
  });
});
