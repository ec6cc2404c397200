import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { at, dense, distance, EPS, identity, matrix, maxNorm, product } from '../../../test/linalg/hard-matrices.js';
import { expm } from './index.js';

test.prop([
  fc.integer({ min: 0, max: 6 }).chain((n) => dense(n, n)),
  // On both sides of every bound of the approximants, and past the last.
  fc.constantFrom(0, 1e-300, 0.003, 0.01, 0.05, 0.1, 0.3, 0.5, 0.7, 1),
])('is Σ Aᵏ/k!, leaves A alone, and writes at its offset only', (unit, scale) => {
  const n = unit.rows;
  const a = matrix(n, n, (i, j) => at(unit, i, j) * scale);
  let term = identity(n);
  let sum = identity(n);
  for (let k = 1; k < 60; k++) {
    const next = product(term, a);
    term = matrix(n, n, (i, j) => at(next, i, j) / k);
    const [total, added] = [sum, term];
    sum = matrix(n, n, (i, j) => at(total, i, j) + at(added, i, j));
  }
  const input = Float64Array.of(Number.NaN, ...a.data, Number.NaN);
  const before = input.slice();
  const output = new Float64Array(n * n + 2).fill(7);
  expm(n, input, 1, output, 1);
  expect(input).toEqual(before);
  expect([output[0], output[n * n + 1]]).toEqual([7, 7]);
  const result = { rows: n, cols: n, data: output.subarray(1, n * n + 1) };
  // Terms of the series reach exp(‖A‖), and their error with them.
  const size = n * maxNorm(a);
  expect(distance(result, sum)).toBeLessThanOrEqual(20 * (n + 1) * (1 + size) * EPS * Math.exp(size));
});

test('a norm that overflows neither hangs nor leaves numbers', () => {
  const output = new Float64Array(4);
  expm(2, Float64Array.of(1e308, 1e308, 1e308, 1e308), 0, output, 0);
  expect(output.some(Number.isFinite)).toBe(false);
  expm(2, Float64Array.of(-1e308, 0, 0, -1e308), 0, output, 0);
  expect(Array.from(output)).toEqual([0, 0, 0, 0]);
});
