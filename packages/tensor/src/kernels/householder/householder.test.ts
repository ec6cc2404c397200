import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { dense, EPS } from '../../../test/linalg/hard-matrices.js';
import { norm2 } from '../norm2/index.js';
import { applyReflector, reflector } from './index.js';

const vectors = fc
  .tuple(
    fc.array(fc.oneof(fc.constant(0), fc.double({ min: -1, max: 1, noNaN: true })), { minLength: 1, maxLength: 9 }),
    fc.constantFrom(1e-310, 1e-300, 1e-160, 1, 1e160, 1e300),
  )
  .map(([unit, scale]) => Float64Array.from(unit, (u) => u * scale));

/** vᵀv·tau = 2 exactly when H = I - tau·v·vᵀ is orthogonal (or tau = 0). */
function orthogonalityDefect(v: Float64Array, tau: number): number {
  let length = 1;
  for (let i = 1; i < v.length; i++) length += v[i] * v[i];
  return tau === 0 ? 0 : Math.abs((tau * length) / 2 - 1);
}

test.prop([vectors])('is orthogonal at every scale, keeps the norm and flips the sign', (x) => {
  const v = x.slice();
  const tau = reflector(v.length, v, 0, 1);
  expect(orthogonalityDefect(v, tau)).toBeLessThanOrEqual((x.length + 6) * EPS);
  const norm = norm2(x.length, x, 0, 1);
  expect(Math.abs(Math.abs(v[0]) - norm)).toBeLessThanOrEqual((x.length + 4) * EPS * norm + Number.MIN_VALUE);
  if (tau === 0) expect(x.subarray(1).every((u) => u === 0)).toBe(true);
  else {
    expect(tau).toBeGreaterThanOrEqual(1);
    expect(tau).toBeLessThanOrEqual(2);
    expect(v[0] * x[0]).toBeLessThanOrEqual(0);
  }
});

test.prop([vectors])('applied to its own vector it leaves the first entry only', (x) => {
  const v = x.slice();
  const tau = reflector(v.length, v, 0, 1);
  const image = x.slice();
  applyReflector(x.length, 1, tau, v, 0, 1, image, 0, 1, new Float64Array(1));
  const norm = norm2(x.length, x, 0, 1);
  const bound = 4 * (x.length + 4) * EPS * norm + 8 * Number.MIN_VALUE;
  for (let i = 0; i < x.length; i++) expect(Math.abs(image[i] - (i === 0 ? v[0] : 0))).toBeLessThanOrEqual(bound);
});

test.prop([
  fc
    .tuple(fc.integer({ min: 1, max: 11 }), fc.integer({ min: 0, max: 5 }))
    .chain(([m, n]) => fc.tuple(dense(m, 1), dense(m, n))),
])('applied twice it gives the block back, and leaves the columns beside it alone', ([x, c]) => {
  const { rows, cols } = c;
  const tau = reflector(rows, x.data, 0, 1);
  const stride = cols + 2;
  const block = new Float64Array(rows * stride).fill(7);
  for (let i = 0; i < rows; i++) block.set(c.data.subarray(i * cols, (i + 1) * cols), i * stride + 1);
  const before = block.slice();
  const work = new Float64Array(cols);
  applyReflector(rows, cols, tau, x.data, 0, 1, block, 1, stride, work);
  applyReflector(rows, cols, tau, x.data, 0, 1, block, 1, stride, work);
  // Entries are at most 1, so the norm of a column is at most the root of its length.
  for (let i = 0; i < block.length; i++) {
    expect(Math.abs(block[i] - before[i])).toBeLessThanOrEqual(16 * rows * Math.sqrt(rows) * EPS);
    if (before[i] === 7) expect(block[i]).toBe(7);
  }
});
