import { fc, test } from '@fast-check/vitest';
import { expectSameBits, value } from '@neuronseek/testkit';
import { describe, expect, it, vi } from 'vitest';
import { currentEngine } from '../../wasm/engine.js';
import { createRuntime, type WasmRuntime } from '../../wasm/runtime.js';
import type { FloatArray } from '../gemm/contract.js';
import { type LaneName, type LaneType, laneOperations } from '../lanes/index.js';
import type { RowKernel } from './each-row.js';
import { vectorRow } from './vector-row.js';
import { buildElementwise } from './wasm-module.js';

const names = Object.keys(laneOperations) as LaneName[];
const types: readonly LaneType[] = ['f64x2', 'f32x4'];
const cases = names.flatMap((name) => types.map((type) => [name, type] as const));
const arrayOf = { f64x2: Float64Array, f32x4: Float32Array } as const;

const special = [
  [0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, -1e-310, 1e-45, 1e-38, 1e308, -1e308],
  [707.9, 708, 709.7, -708, -745.2, 87, 88.7, -103.9, 22, 40, -40, 0.625, -0.625, 1e-8, 0.70703125, 1, 2 ** 20, 1e22],
  // Next to multiples of π/2.
  [Math.PI, Math.PI / 2, 1.5, 355, 3.5, -6.25, 104348 / 2],
].flat();
const number = value({ min: -30, max: 30, special });

it.each(cases)('%s on %s: the engine accepts the module, also in the main thread of a page', (name, type) => {
  const validate: unknown = Reflect.get(Object(Reflect.get(globalThis, 'WebAssembly')), 'validate');
  if (typeof validate !== 'function') throw new Error('these tests need WebAssembly');
  const bytes = buildElementwise(laneOperations[name], type, () => 1024).encode({ pages: 1 });
  expect(validate(bytes)).toBe(true);
  expect(bytes.length).toBeLessThan(4096);
});

const never: RowKernel = () => {
  throw new Error('not by vectors');
};
const runtime = createRuntime(currentEngine);

/** An array of `length` numbers in the memory of the kernels, or an ordinary one. */
function place(memory: WasmRuntime, type: LaneType, resident: boolean, length: number): FloatArray {
  const workspace = resident ? memory.workspace(8 * length + 256) : undefined;
  if (workspace === undefined) return new arrayOf[type](length);
  return type === 'f64x2' ? workspace.float64(length) : workspace.float32(length);
}

describe.each(cases)('%s on %s', (name, type) => {
  const { operands } = laneOperations[name];
  const kernel = vectorRow(laneOperations[name], never, { float64: 0, float32: 0 }, runtime);
  const f = laneOperations[name].scalars[type];

  /** Rows somewhere in arrays that live here or there; what does not belong to the result must stay as it is. */
  function check(x: ArrayLike<number>, y: ArrayLike<number>, as: number, bs: number, where: number, gap: number): void {
    const n = Math.max(x.length, y.length);
    const a = place(runtime, type, (where & 1) !== 0, n + gap);
    a.set(
      Array.from({ length: n }, (_, i) => x[i % x.length]),
      gap,
    );
    const b = operands === 1 ? a : place(runtime, type, (where & 2) !== 0, n + gap);
    if (operands === 2)
      b.set(
        Array.from({ length: n }, (_, i) => y[i % y.length]),
        gap,
      );
    const out = place(runtime, type, (where & 4) !== 0, n + 2 * gap).fill(7);
    const expected = new arrayOf[type](n + 2 * gap).fill(7);
    for (let i = 0; i < n; i++) expected[gap + i] = f(a[gap + as * i], b[gap + bs * i]);
    kernel(out, gap, a, gap, as, b, gap, bs, n);
    expectSameBits(out, expected);
    if (as === 0 || bs === 0) return;
    // In place, over the first operand.
    kernel(a, gap, a, gap, as, b, gap, bs, n);
    expectSameBits(a.subarray(gap, gap + n), expected.subarray(gap, gap + n));
  }

  const row = fc.array(number, { minLength: 64, maxLength: 160 });
  const strides = operands === 1 ? fc.constant([1, 1]) : fc.constantFrom([1, 1], [1, 1], [1, 0], [0, 1]);
  test.prop([row, row, strides, fc.nat(7), fc.nat(3)], { numRuns: 25 })(
    'has the bits of the scalar function wherever the numbers live',
    (x, y, [as, bs], where, gap) => check(x, y, as, bs, where, gap),
  );

  it('has them in every binade, over several blocks', () => {
    const x: number[] = [];
    let seed = 1;
    for (let exponent = type === 'f64x2' ? -1075 : -150; exponent < (type === 'f64x2' ? 1024 : 128); exponent++) {
      for (let i = 0; i < 2; i++) {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
        x.push((i - 0.5) * 2 * (1 + seed / 2 ** 32) * 2 ** exponent);
      }
    }
    for (let i = -3000; i < 3000; i++) x.push(i / 128 + seed / 2 ** 42);
    for (const where of [0, 7]) check(x, [...x].reverse(), 1, 1, where, 1);
  });
});

describe('the plain loops', () => {
  const any = vi.fn<RowKernel>();
  const row = (find: WasmRuntime, least: number): RowKernel =>
    vectorRow(laneOperations.add, any, { float64: least, float32: least }, find);
  const taken = (kernel: RowKernel, a: FloatArray, as: number, n: number, b = a, bs = as): boolean => {
    any.mockClear();
    kernel(new Float64Array(n), 0, a, 0, as, b, 0, bs, n);
    return any.mock.calls.length === 1;
  };
  const doubles = new Float64Array(200);

  it('take over without an engine and where memory is exhausted', () => {
    expect(taken(row(runtime, 0), doubles, 1, 100)).toBe(false);
    expect(
      taken(
        row(
          createRuntime(() => undefined),
          0,
        ),
        doubles,
        1,
        100,
      ),
    ).toBe(true);
    const full = createRuntime(currentEngine, 32);
    // Constants do not fit behind the arena; addition has none.
    expect(full.available()).toBe(true);
    const relu = vectorRow(laneOperations.relu, any, { float64: 0, float32: 0 }, full);
    expect(taken(relu, doubles, 1, 100)).toBe(true);
  });

  it('take what is short, strided, of several types, or not worth a copy', () => {
    const kernel = row(runtime, 100);
    expect(taken(kernel, doubles, 1, 99)).toBe(true);
    expect(taken(kernel, doubles, 1, 100)).toBe(false);
    expect(taken(kernel, doubles, 2, 100)).toBe(true);
    expect(taken(kernel, doubles, 0, 100)).toBe(true);
    expect(taken(kernel, doubles, 1, 100, doubles, -1)).toBe(true);
    expect(taken(kernel, new Float32Array(200), 1, 100)).toBe(true);
    expect(taken(kernel, doubles, 1, 100, new Float32Array(200))).toBe(true);
  });
});
