import { fc, test } from '@fast-check/vitest';
import { expectClose, symmetricPositiveDefinite } from '@neuronseek/testkit';
import { describe } from 'vitest';
import { solveNormal } from '../src/cp/als/solve-normal.js';

/** B·G for row-major B [rows, n] and G [n, n]. */
function times(b: ArrayLike<number>, g: ArrayLike<number>, n: number): Float64Array {
  return Float64Array.from({ length: b.length }, (_, q) => {
    let sum = 0;
    for (let p = 0; p < n; p++) sum += b[q - (q % n) + p] * g[p * n + (q % n)];
    return sum;
  });
}

describe('solveNormal', () => {
  test.prop([symmetricPositiveDefinite(), fc.integer({ min: 1, max: 3 })])('solves a regular system', (g, rows) => {
    const n = g.shape[0];
    const m = Float64Array.from({ length: rows * n }, (_, q) => Math.sin(q * q + 1));
    const b = solveNormal(n, g.data, m);
    const size = g.data.reduce((a, v) => Math.max(a, Math.abs(v)), 0) * b.reduce((a, v) => Math.max(a, Math.abs(v)), 0);
    expectClose(times(b, g.data, n), m, { factor: 1000 * n, scale: size + 1 });
  });

  test.prop([fc.double({ min: 0.1, max: 3, noNaN: true }), fc.integer({ min: 3, max: 6 })])(
    'has no part along what a singular matrix does not see, though its pivots are rounded and not zero',
    (angle, n) => {
      // Columns (cos, sin) of n angles: rank 2, diagonal 1.
      const phi = Array.from({ length: n }, (_, r) => angle * (r + 1) + r * r);
      const g = Float64Array.from({ length: n * n }, (_, q) => Math.cos(phi[Math.floor(q / n)] - phi[q % n]));
      // A in the row space, so it is the solution of least norm for M = A·G.
      const a = Float64Array.from(phi, (p) => 2 * Math.cos(p) - Math.sin(p));
      const spread = Math.max(...phi.flatMap((p) => phi.map((o) => Math.abs(Math.sin(p - o)))));
      fc.pre(spread > 0.3);
      expectClose(solveNormal(n, g, times(a, g, n)), a, { factor: 1e6, scale: 4 });
    },
  );

  test('keeps what stands apart by more than rounding: an eigenvalue of 1e-13', () => {
    const cosine = 1 - 2 ** -43;
    const g = Float64Array.of(1, cosine, cosine, 1);
    const b = solveNormal(2, g, Float64Array.of(2 ** -43, -(2 ** -43)));
    // The matrix itself is exact; one rounding of its entries would change the answer by 2^-9.
    expectClose(b, [1, -1], { factor: 2 ** 44 });
  });

  test('zero rows and columns give zero, the rest is solved as if they were not there', () => {
    const g = Float64Array.of(4, 0, 2, 0, 0, 0, 2, 0, 5);
    expectClose(solveNormal(3, g, Float64Array.of(8, 7, 12)), [1, 0, 2], { factor: 16 });
  });

  test.prop([fc.constantFrom(2 ** -200, 2 ** 200)])('does not mind how columns are scaled', (c) => {
    // diag(1, c)·G·diag(1, c) and M·diag(1, c): the solution is B·diag(1, 1/c).
    const plain = solveNormal(2, Float64Array.of(2, 1, 1, 2), Float64Array.of(1, -3));
    const scaled = solveNormal(2, Float64Array.of(2, c, c, 2 * c * c), Float64Array.of(1, -3 * c));
    expectClose([scaled[0], scaled[1] * c], plain, { factor: 8 });
  });
});
