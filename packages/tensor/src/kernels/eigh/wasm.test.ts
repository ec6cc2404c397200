import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { at, distance, EPS, identity, matrix, product, transposed } from '../../../test/linalg/hard-matrices.js';
import { entry, special, withoutCompiler } from '../../../test/support/kernel-runtimes.js';
import { currentEngine } from '../../wasm/engine.js';
import { createRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import { workStride } from '../rotations/index.js';
import { formTransposed } from './form-transposed.js';
import { eigh } from './index.js';
import { makeEigh } from './make-eigh.js';
import { symmetricUpdateScalar } from './symmetric-update.js';
import { buildSymmetricUpdate } from './symmetric-update-module.js';
import { makeSymmetricUpdate } from './symmetric-update-wasm.js';

it('memory without a compiler is what the fallback is tested on', () => {
  expect(withoutCompiler.available()).toBe(false);
  expect(withoutCompiler.workspace(64)).toBeDefined();
});

it('the engine accepts the module', () => {
  const validate: unknown = Reflect.get(Object(Reflect.get(globalThis, 'WebAssembly')), 'validate');
  if (typeof validate !== 'function') throw new Error('these tests need WebAssembly');
  const bytes = buildSymmetricUpdate().encode({ pages: 1 });
  expect(validate(bytes)).toBe(true);
  expect(bytes.length).toBeLessThan(4096);
});

describe('the pass over the triangle', () => {
  interface Problem {
    size: number;
    stride: number;
    start: number;
    data: Float64Array;
  }

  /** A triangle of zeros around, at `start` on the diagonal of a matrix, and four vectors behind it. */
  const problems = (value: fc.Arbitrary<number>): fc.Arbitrary<Problem> =>
    fc
      .record({
        size: fc.integer({ min: 1, max: 19 }),
        start: fc.nat({ max: 3 }),
        pad: fc.nat({ max: 2 }),
        values: fc.array(value, { minLength: 1, maxLength: 31 }),
      })
      .map(({ size, start, pad, values }) => {
        const order = start + size;
        const stride = order + 1 + pad;
        const data = new Float64Array((order + 5) * stride);
        const value = (k: number): number => values[(k * 7 + (k >> 3)) % values.length];
        for (let i = 0; i < order; i++) for (let j = i; j < order; j++) data[i * stride + j] = value(i * order + j);
        for (let q = 0; q < 4; q++) {
          for (let j = start; j < order; j++) data[(order + 1 + q) * stride + j] = value(q * 97 + j);
        }
        return { size, stride, start, data };
      });

  const update = makeSymmetricUpdate(wasmRuntime);

  /** The upper triangle and the four vectors. */
  function run(kernel: typeof symmetricUpdateScalar, p: Problem, data: Float64Array): number[] {
    const vectors = (p.start + p.size + 1) * p.stride + p.start;
    const corner = p.start * p.stride + p.start;
    const [v, w, x, y] = [0, 1, 2, 3].map((q) => vectors + q * p.stride);
    kernel(data, p.size, corner, p.stride, v, w, x, y);
    const found: number[] = [];
    for (let i = 0; i < p.size; i++) {
      for (let j = i; j < p.size; j++) found.push(data[corner + i * p.stride + j]);
      for (const vector of [v, w, x, y]) found.push(data[vector + i]);
    }
    return found;
  }

  test.prop([problems(special)])('in the memory of the kernels it gives the bits of the plain loops', (p) => {
    const expected = run(symmetricUpdateScalar, p, p.data.slice());
    const workspace = wasmRuntime.workspace(workspaceBytes(8 * p.data.length));
    if (workspace === undefined) throw new Error('these tests need WebAssembly');
    const data = workspace.float64(p.data.length);
    data.set(p.data);
    expect(run(update, p, data)).toEqual(expected);
    workspace.release();
    expect(run(update, p, p.data.slice())).toEqual(expected);
  });

  test.prop([problems(entry)])('computes the formula, in the order that the contract gives', (p) => {
    const { size, stride, start, data } = p;
    const vectors = (start + size + 1) * stride + start;
    const vector = (q: number, i: number): number => data[vectors + q * stride + i];
    const a = (i: number, j: number): number =>
      i > j
        ? a(j, i)
        : data[(start + i) * stride + start + j] - (vector(0, i) * vector(1, j) + vector(1, i) * vector(0, j));
    const expected: number[] = [];
    for (let i = 0; i < size; i++) {
      for (let j = i; j < size; j++) expected.push(a(i, j));
      const pair = i - (i % 2);
      let before = 0;
      for (let q = 0; q < pair; q++) before += a(q, i) * vector(2, q);
      const dot = (first: number): number => {
        let sum = first < size ? a(i, first) * vector(2, first) : 0;
        for (let j = first + 2; j < size; j += 2) sum += a(i, j) * vector(2, j);
        return sum;
      };
      expected.push(vector(0, i), vector(1, i), vector(2, i), before + (dot(pair) + dot(pair + 1)));
    }
    const found = run(symmetricUpdateScalar, p, data.slice());
    // -0 = 0 here: where a size is odd a zero is added.
    found.forEach((value, k) => {
      if (value !== expected[k]) expect(value).toBe(expected[k]);
    });
  });
});

/** Symmetric, of an order at which memory of the kernels is used, dense or graded or of low rank. */
const large = fc
  .tuple(fc.constantFrom(16, 17, 25, 40, 71), fc.constantFrom('dense', 'graded', 'rank 2', 'equal'), fc.nat(1000))
  .map(([n, kind, seed]) => {
    const noise = (i: number, j: number): number => Math.sin(seed + 12.9898 * (i + 1) * (j + 1) + 78.233 * (i + j));
    return matrix(n, n, (row, col) => {
      const [i, j] = row < col ? [col, row] : [row, col];
      if (kind === 'graded') return noise(i, j) * 10 ** ((-30 * (i + j)) / n);
      if (kind === 'rank 2') return noise(i, 0) * noise(j, 0) + noise(i, 1) * noise(j, 1);
      return kind === 'equal' ? Number(i === j) : noise(i, j);
    });
  });

test.prop([large], { numRuns: 20 })('the same bits without an engine, without memory and without a compiler', (a) => {
  const n = a.rows;
  const [expected, vectors] = [new Float64Array(n), matrix(n, n, () => Number.NaN)];
  // The first product of a process takes the scratch that it keeps; everything else is given back.
  expect(eigh(n, a.data, 0, expected, 0, vectors.data, 0)).toBe(-1);
  const before = wasmRuntime.used();
  expect(eigh(n, a.data, 0, expected, 0, vectors.data, 0)).toBe(-1);
  expect(wasmRuntime.used()).toBe(before);
  for (const runtime of [createRuntime(() => undefined), createRuntime(currentEngine, 32), withoutCompiler]) {
    const decompose = makeEigh(runtime);
    const [values, found] = [new Float64Array(n), new Float64Array(n * n)];
    expect(decompose(n, a.data, 0, values, 0, found, 0)).toBe(-1);
    expect([values, found]).toEqual([expected, vectors.data]);
    expect(decompose(n, a.data, 0, values, 0, undefined, 0)).toBe(-1);
    expect(values).toEqual(expected);
  }
  const image = matrix(n, n, (i, j) => at(vectors, i, j) * expected[j]);
  const scale = Math.max(Math.abs(expected[0]), Math.abs(expected[n - 1]));
  expect(distance(product(transposed(vectors), vectors), identity(n))).toBeLessThanOrEqual(4 * (n + 1) * EPS);
  expect(distance(product(a, vectors), image)).toBeLessThanOrEqual(4 * (n + 1) * EPS * scale);
});

test.prop([fc.constantFrom([3, 5], [5, 5], [23, 30], [24, 24], [33, 40], [70, 70], [32, 90]), fc.nat(1000)], {
  numRuns: 20,
})('formTransposed is the product of the reflectors one after the other', ([count, m], seed) => {
  const rows = count + (seed % (m - count + 1));
  const stride = workStride(m);
  const v = Float64Array.from({ length: count * stride }, (_, i) => Math.sin(seed + i));
  const taus = Float64Array.from({ length: count }, (_, k) => {
    let length = 1;
    for (let j = k + 1; j < m; j++) length += v[k * stride + j] ** 2;
    return k % 7 === 3 ? 0 : 2 / length;
  });
  const q = identity(m);
  for (let k = 0; k < count; k++) {
    const vk = matrix(m, 1, (j) => (j < k ? 0 : j === k ? 1 : v[k * stride + j]));
    const image = product(q, vk);
    for (let i = 0; i < m; i++)
      for (let j = 0; j < m; j++) q.data[i * m + j] -= taus[k] * at(image, i, 0) * at(vk, j, 0);
  }
  const found = new Float64Array(rows * stride + 1);
  formTransposed(count, rows, m, v, 0, stride, taus, found, 1, stride);
  const qt = matrix(rows, m, (i, j) => found[1 + i * stride + j]);
  expect(
    distance(
      qt,
      matrix(rows, m, (i, j) => at(q, j, i)),
    ),
  ).toBeLessThanOrEqual(8 * (count + 1) * EPS);
});
