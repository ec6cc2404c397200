import { fc, test } from '@fast-check/vitest';
import { afterAll, describe, expect, it } from 'vitest';
import { counter, untilThreads } from '../../../test/support/chunk-kernels.js';
import { balance } from '../../parallel/balance.js';
import { configure } from '../../parallel/settings.js';
import { currentEngine } from '../../wasm/engine.js';
import { createRuntime, type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import { thresholds } from '../thresholds.js';
import type { FloatArray, Gemm, GemmStack } from './contract.js';
import { gemm, gemmStack } from './index.js';
import { gemmScalar } from './scalar.js';
import { gemmOnCopies, makeGemmWasm } from './wasm.js';
import { buildVector } from './wasm-vector-module.js';

const before = configure();
const { gemm: usual } = thresholds.threads;
afterAll(() => {
  Object.assign(thresholds.threads, { gemm: usual });
  configure(before);
});

const SPECIAL = [Number.NaN, Infinity, -Infinity, -0, 0, 5e-324, -1e-40, 1e300];

/** Every seventh number is a special one, or few are, so that infinities do not hide the others. */
function numbers(length: number, single: boolean, special: number, seed: number, runtime?: WasmRuntime): FloatArray {
  const ordinary = single ? new Float32Array(length) : new Float64Array(length);
  const space = runtime?.workspace(workspaceBytes(8 * length));
  if (runtime !== undefined && space === undefined) throw new Error('no memory');
  const data = (single ? space?.float32(length) : space?.float64(length)) ?? ordinary;
  for (let i = 0; i < length; i++) {
    data[i] = Math.sin(seed + i * 0.7);
    if (special > 0 && (i * 7919 + seed) % special === 0) data[i] = SPECIAL[(i + seed) % SPECIAL.length];
  }
  return data;
}

function expectSame(received: FloatArray, expected: FloatArray): void {
  expect(received.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++)
    if (!Object.is(received[i], expected[i])) expect(received[i], `index ${i}`).toBe(expected[i]);
}

it('the engine accepts the modules', () => {
  const validate: unknown = Reflect.get(Object(Reflect.get(globalThis, 'WebAssembly')), 'validate');
  if (typeof validate !== 'function') throw new Error('these tests need WebAssembly');
  for (const size of [8, 4] as const) {
    for (const sharedMaximum of [65536, undefined]) {
      const bytes = buildVector(size).encode({ pages: 32, sharedMaximum });
      expect(validate(bytes)).toBe(true);
      expect(bytes.length).toBeLessThan(4096);
    }
  }
});

/** Rows and columns about the tiles, squares, blocks and panels, and of few or many of either. */
const shapes = fc.oneof(
  fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 300 })),
  fc.constantFrom<[number, number]>(
    [1, 3000],
    [3, 70001],
    [9, 5000],
    [130, 513],
    [300, 257],
    [1000, 100],
    [9000, 21],
    [40000, 3],
    [70000, 1],
  ),
);
/** How the matrix stands: strides of rows and columns, by rows or by columns, with gaps, backwards, or the same row again and again. */
const layouts = fc.constantFrom<(m: number, k: number) => [number, number]>(
  (_, k) => [k, 1],
  (_, k) => [k + 3, 1],
  (_, k) => [-k, 1],
  () => [0, 1],
  (m) => [1, m],
  (m) => [1, m + 5],
  (m) => [1, -m],
  () => [1, 0],
);
/** Whether products are in float32, and results are stored so. */
const types = fc.constantFrom<[boolean, boolean]>([false, false], [true, true], [false, true]);

interface Problem {
  readonly m: number;
  readonly k: number;
  readonly strides: readonly [number, number];
  readonly at: number;
  readonly length: number;
  readonly single: readonly [boolean, boolean];
  readonly left: boolean;
  readonly xStep: number;
  readonly pad: number;
  readonly accumulate: boolean;
  readonly special: number;
}

const problems: fc.Arbitrary<Problem> = fc
  .record({
    shape: shapes,
    layout: layouts,
    single: types,
    left: fc.boolean(),
    xStep: fc.constantFrom(1, 1, -1, 3, 0),
    pad: fc.nat(3),
    accumulate: fc.boolean(),
    special: fc.constantFrom(0, 7, 5003),
  })
  .map(({ shape: [m, k], layout, pad, ...rest }) => {
    const strides = layout(m, k);
    const reach = [Math.max(0, m - 1) * strides[0], Math.max(0, k - 1) * strides[1]];
    const at = pad - Math.min(0, reach[0]) - Math.min(0, reach[1]);
    const length = at + Math.max(0, reach[0]) + Math.max(0, reach[1]) + 1;
    return { m, k, strides, at, length, pad, ...rest };
  });

/** The product on arrays that live in `home`, if it is given, and what the plain loops make of it. */
function check(kernel: Gemm, p: Problem, home: WasmRuntime | undefined, around = home): void {
  const { m, k, strides, at, pad, xStep, accumulate } = p;
  const make = (runtime?: WasmRuntime): FloatArray => numbers(p.length, p.single[0], p.special, 1, runtime);
  const xLength = Math.abs(xStep) * k + pad + 1;
  const xAt = xStep < 0 ? pad - xStep * k : pad;
  const x = numbers(xLength, p.single[0], p.special, 2, around);
  const cStep = p.left ? 1 : 1 + pad;
  const expected = numbers(pad + m * cStep + 1, p.single[1], p.special, 3);
  const received = numbers(expected.length, p.single[1], p.special, 3, around);
  const run = (f: Gemm, a: FloatArray, c: FloatArray): void => {
    if (p.left) f(1, m, k, x, xAt, 99, xStep, a, at, strides[1], strides[0], c, pad, m + 7, accumulate);
    else f(m, 1, k, a, at, strides[0], strides[1], x, xAt, xStep, 99, c, pad, cStep, accumulate);
  };
  run(gemmScalar, make(), expected);
  run(kernel, make(home), received);
  expectSame(received, expected);
}

const one =
  (stack: GemmStack): Gemm =>
  (...product) =>
    stack(1, 0, 0, 0, ...product);

describe('a matrix and a vector', () => {
  test.prop([problems], { numRuns: 100 })('of ordinary arrays have the bits of the plain loops', (p) => {
    check(one(gemmOnCopies), p, undefined);
    check(gemm, p, undefined);
  });

  test.prop([problems, fc.boolean()], { numRuns: 50 })('have them in the memory of the kernels', (p, vectors) => {
    const runtime = createRuntime(currentEngine);
    check(one(makeGemmWasm(runtime)), p, runtime, vectors ? runtime : undefined);
  });

  test.prop([problems, fc.boolean()], { numRuns: 30 })('have them without an engine, or without memory', (p, none) => {
    const without = none ? createRuntime(() => undefined) : createRuntime(currentEngine, 1);
    expect(without.available()).toBe(false);
    check(one(makeGemmWasm(without)), p, undefined);
  });

  test.prop([problems], { numRuns: 30 })('have them where memory for the threads is exhausted', (p) => {
    // Room for the arrays but not for the scratch of a thread, without which there is no kernel.
    const runtime = createRuntime(currentEngine, 500);
    while (runtime.workspace(2 ** 20) !== undefined);
    check(one(makeGemmWasm({ ...runtime, addressOf: () => 2 ** 20 })), p, undefined);
  });
});

describe('several threads', () => {
  it.each([1, 2, 3, 7])('have the bits of the plain loops, for %d', async (threads) => {
    Object.assign(thresholds.threads, { gemm: 2 ** 17 });
    configure({ threads });
    if (threads > 1) await untilThreads(threads, counter(50));
    balance.reset();
    for (const single of [false, true]) {
      for (const [m, k] of [
        [1003, 517],
        [37, 9001],
      ]) {
        for (const strides of [[k, 1] as const, [1, m] as const]) {
          const p = { m, k, strides, at: 0, length: m * k, single: [single, single] as const, left: m > k };
          check(gemm, { ...p, xStep: 1, pad: 0, accumulate: k > m, special: 5003 }, wasmRuntime);
        }
      }
    }
  });
});

it('what stands behind a matrix and in the arena does not matter', () => {
  for (const single of [false, true]) {
    const runtime = createRuntime(currentEngine);
    const kernel = one(makeGemmWasm(runtime));
    const space = numbers(4000, single, 0, 1, runtime);
    space.fill(Number.NaN);
    const [m, k] = [17, 131];
    const [a, x] = [numbers(m * k, single, 0, 2), numbers(k, single, 0, 3)];
    const [own, ownX] = [space.subarray(8, 8 + m * k), space.subarray(3000, 3000 + k)];
    own.set(a);
    ownX.set(x);
    for (const [row, col] of [
      [k, 1],
      [1, m],
    ]) {
      const expected = numbers(m, single, 0, 4);
      const received = space.subarray(3500, 3500 + m);
      gemmScalar(m, 1, k, a, 0, row, col, x, 0, 1, 1, expected, 0, 1, false);
      kernel(m, 1, k, own, 0, row, col, ownX, 0, 1, 1, received, 0, 1, false);
      expectSame(received, expected);
      expect([space[3499], space[3500 + m]]).toEqual([Number.NaN, Number.NaN]);
    }
  }
});

it.each([90, 7, 1])('stacks have the bits of products one after another, of %d rows', (m) => {
  const [count, k] = [40, 83];
  for (const single of [false, true]) {
    for (const [row, col] of [
      [k, 1],
      [1, m],
    ]) {
      const [a, x] = [numbers(count * m * k, single, 5003, 1), numbers(count * k, single, 0, 2)];
      const [expected, received] = [numbers(count * m, single, 0, 3), numbers(count * m, single, 0, 3)];
      for (let q = 0; q < count; q++)
        gemmScalar(m, 1, k, a, q * m * k, row, col, x, q * k, 1, 1, expected, q * m, 1, true);
      gemmStack(count, m * k, k, m, m, 1, k, a, 0, row, col, x, 0, 1, 1, received, 0, 1, true);
      expectSame(received, expected);
    }
  }
});

it('copies are made in a memory that is not shared', () => {
  const runtime = createRuntime(currentEngine, 64, false);
  const p = { m: 300, k: 200, strides: [200, 1] as const, at: 0, length: 60000, single: [false, false] as const };
  check(one(makeGemmWasm(runtime)), { ...p, left: false, xStep: 1, pad: 0, accumulate: false, special: 0 }, undefined);
  expect(runtime.available()).toBe(true);
  expect(runtime.sharedMemory()).toBeUndefined();
  expect(runtime.used()).toBe(workspaceBytes(2 ** 20));
});
