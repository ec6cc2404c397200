import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { at, distance, EPS, identity, matrix, product, transposed } from '../../../test/linalg/hard-matrices.js';
import { entry, special, withoutCompiler } from '../../../test/support/kernel-runtimes.js';
import { currentEngine } from '../../wasm/engine.js';
import { createRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { workArrays } from '../rotations/index.js';
import { blockProductScalar, blockUpdateScalar } from './bidiagonal-update.js';
import { buildBlockProduct, buildBlockUpdate } from './bidiagonal-update-modules.js';
import { makeBlockProduct, makeBlockUpdate } from './bidiagonal-update-wasm.js';
import { svd, svdvals } from './index.js';
import { makeSvd } from './make-svd.js';

it('the engine accepts the modules', () => {
  const validate: unknown = Reflect.get(Object(Reflect.get(globalThis, 'WebAssembly')), 'validate');
  if (typeof validate !== 'function') throw new Error('these tests need WebAssembly');
  for (const build of [buildBlockUpdate, buildBlockProduct]) {
    const bytes = build().encode({ pages: 1 });
    expect(validate(bytes)).toBe(true);
    expect(bytes.length).toBeLessThan(4096);
  }
});

describe('the passes over the block', () => {
  interface Problem {
    rows: number;
    cols: number;
    stride: number;
    /** Zeros around a block at the beginning, then six vectors at this distance. */
    data: Float64Array;
    vectors: number[];
  }

  const problems = (value: fc.Arbitrary<number>): fc.Arbitrary<Problem> =>
    fc
      .record({
        rows: fc.integer({ min: 1, max: 13 }),
        cols: fc.integer({ min: 1, max: 13 }),
        pad: fc.nat({ max: 2 }),
        values: fc.array(value, { minLength: 1, maxLength: 31 }),
      })
      .map(({ rows, cols, pad, values }) => {
        const stride = cols + 1 + pad;
        const step = Math.max(rows, cols) + 4;
        const begin = (rows + 3) * stride;
        const data = new Float64Array(begin + 6 * step);
        const value = (k: number): number => values[(k * 7 + (k >> 3)) % values.length];
        for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) data[i * stride + j] = value(i * cols + j);
        const vectors = Array.from({ length: 6 }, (_, q) => begin + q * step);
        vectors.forEach((start, q) => {
          const length = q < 3 ? rows : cols;
          for (let i = 0; i < length; i++) data[start + i] = value(q * 97 + i);
        });
        return { rows, cols, stride, data, vectors };
      });

  type Kernels = [typeof blockUpdateScalar, typeof blockProductScalar];

  /** What the update leaves of the block and the sum, and the product of it. */
  function run([update, multiply]: Kernels, p: Problem, data: Float64Array): number[] {
    const [left, x, next, y, right, sum] = p.vectors;
    update(data, p.rows, p.cols, 0, p.stride, left, x, next, y, right, sum);
    multiply(data, p.rows, p.cols, 0, p.stride, y, x);
    const found: number[] = [];
    for (let i = 0; i < p.rows; i++) for (let j = 0; j < p.cols; j++) found.push(data[i * p.stride + j]);
    for (let j = 0; j < p.cols; j++) found.push(data[sum + j]);
    for (let i = 0; i < p.rows; i++) found.push(data[x + i]);
    return found;
  }

  const scalar: Kernels = [blockUpdateScalar, blockProductScalar];
  const wasm: Kernels = [makeBlockUpdate(wasmRuntime), makeBlockProduct(wasmRuntime)];

  test.prop([problems(special)])('in the memory of the kernels they give the bits of the plain loops', (p) => {
    const expected = run(scalar, p, p.data.slice());
    const memory = workArrays(wasmRuntime, [p.data.length], 0);
    const [data] = memory.float64;
    expect(wasmRuntime.addressOf(data)).toBeDefined();
    data.set(p.data);
    expect(run(wasm, p, data)).toEqual(expected);
    memory.release();
    expect(run(wasm, p, p.data.slice())).toEqual(expected);
  });

  test.prop([problems(entry)])('compute the formulas, in the order that the contract gives', (p) => {
    const { rows, cols, stride, data } = p;
    const vector = (q: number, i: number): number => data[p.vectors[q] + i];
    const a = matrix(rows, cols, (i, j) => {
      return data[i * stride + j] - (vector(0, i) * vector(3, j) + vector(1, i) * vector(4, j));
    });
    const expected = Array.from(a.data);
    for (let j = 0; j < cols; j++) {
      let sum = 0;
      for (let i = 0; i < rows; i += 2) {
        const second = i + 1 < rows ? vector(2, i + 1) * at(a, i + 1, j) : 0;
        sum += vector(2, i) * at(a, i, j) + second;
      }
      expected.push(sum);
    }
    for (let i = 0; i < rows; i++) {
      const sums = [0, 0];
      for (let j = 0; j < cols; j++) sums[j % 2] += at(a, i, j) * vector(3, j);
      expected.push(sums[0] + sums[1]);
    }
    run(scalar, p, data.slice()).forEach((value, k) => {
      if (value !== expected[k]) expect(value).toBe(expected[k]);
    });
  });
});

/** Of sizes at which memory of the kernels is used, dense or graded or of low rank. */
const large = fc
  .tuple(
    fc.constantFrom([16, 16], [17, 21], [40, 25], [40, 17], [19, 64], [66, 65]),
    fc.constantFrom('dense', 'graded', 'rank 2', 'bidiagonal'),
    fc.nat(1000),
  )
  .map(([[m, n], kind, seed]) => {
    const noise = (i: number, j: number): number => Math.sin(seed + 12.9898 * (i + 1) * (j + 1) + 78.233 * (i + 2 * j));
    return matrix(m, n, (i, j) => {
      if (kind === 'graded') return noise(i, j) * 10 ** ((-30 * (i + j)) / n);
      if (kind === 'rank 2') return noise(i, 0) * noise(j, 0) + noise(i, 1) * noise(j, 1);
      if (kind === 'bidiagonal') return j === i || j === i + 1 ? noise(i, j) : 0;
      return noise(i, j);
    });
  });

test.prop([large, fc.boolean()], { numRuns: 24 })(
  'the same bits without an engine, without memory and without a compiler',
  (a, full) => {
    const { rows: m, cols: n } = a;
    const k = Math.min(m, n);
    const [uCols, vtRows] = full ? [m, n] : [k, k];
    const expected = new Float64Array(k);
    const u = matrix(m, uCols, () => Number.NaN);
    const vt = matrix(vtRows, n, () => Number.NaN);
    const decompose = (): number => svd(m, n, a.data, 0, expected, 0, u.data, 0, uCols, vt.data, 0, vtRows);
    // The first product of a process takes the scratch that it keeps; everything else is given back.
    expect(decompose()).toBe(-1);
    const before = wasmRuntime.used();
    expect(decompose()).toBe(-1);
    const values = new Float64Array(k);
    expect(svdvals(m, n, a.data, 0, values, 0)).toBe(-1);
    expect(values).toEqual(expected);
    expect(wasmRuntime.used()).toBe(before);
    for (const runtime of [createRuntime(() => undefined), createRuntime(currentEngine, 32), withoutCompiler]) {
      const kernels = makeSvd(runtime);
      const found = [new Float64Array(k), new Float64Array(m * uCols), new Float64Array(vtRows * n)];
      expect(kernels.svd(m, n, a.data, 0, found[0], 0, found[1], 0, uCols, found[2], 0, vtRows)).toBe(-1);
      expect(found).toEqual([expected, u.data, vt.data]);
      expect(kernels.svdvals(m, n, a.data, 0, values, 0)).toBe(-1);
      expect(values).toEqual(expected);
    }
    const bound = 8 * (m + n) * EPS;
    expect(distance(product(transposed(u), u), identity(uCols))).toBeLessThanOrEqual(bound);
    expect(distance(product(vt, transposed(vt)), identity(vtRows))).toBeLessThanOrEqual(bound);
    const scaled = matrix(m, vtRows, (i, j) => (j < k ? at(u, i, j) * expected[j] : 0));
    expect(distance(product(scaled, vt), a)).toBeLessThanOrEqual(bound * expected[0]);
  },
);
