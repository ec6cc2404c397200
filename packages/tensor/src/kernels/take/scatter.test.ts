import { fc, test } from '@fast-check/vitest';
import { expectSameBits } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { currentEngine } from '../../wasm/engine.js';
import { createRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import { scatterAdd, scatterAddScalar } from './index.js';
import { makeScatterWasm, scatterWasm } from './scatter-wasm.js';
import { buildScatter } from './wasm-scatter.js';

it.each([false, true])('the engine accepts the module, float32: %s', (single) => {
  const validate: unknown = Reflect.get(Object(Reflect.get(globalThis, 'WebAssembly')), 'validate');
  if (typeof validate !== 'function') throw new Error('these tests need WebAssembly');
  const bytes = buildScatter(single).encode({ pages: 1 });
  expect(validate(bytes)).toBe(true);
  expect(bytes.length).toBeLessThan(4096);
});

const ROOM = 40000;
const memory = wasmRuntime.workspace(workspaceBytes(8 * ROOM, 8 * ROOM));
if (memory === undefined) throw new Error('these tests need WebAssembly');
const [source, target] = [memory.float64(ROOM), memory.float64(ROOM)];
const special = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 1e300];

function fill<T extends Float64Array | Float32Array>(of: T, seed: number, rarity: number): T {
  for (let i = 0; i < of.length; i++) {
    of[i] = i % rarity === 0 ? special[(i / rarity + seed) % special.length] : Math.sin(seed + i) * 10 ** (i % 5);
  }
  return of;
}

/** Rows and columns, and how many indices: few, and as many as make ordinary arrays be copied. */
const problem = fc
  .record({
    outer: fc.integer({ min: 1, max: 2 }),
    n: fc.integer({ min: 1, max: 9 }),
    inner: fc.constantFrom(1, 2, 4, 5, 6, 7, 8, 11, 16, 19, 33, 50),
    count: fc.constantFrom(0, 1, 32, 37, 300, 1100),
    single: fc.boolean(),
    residents: fc.constantFrom([true, true], [false, false], [true, false], [false, true]),
    seed: fc.nat(1000),
    rarity: fc.constantFrom(1, 3, 1009),
  })
  .filter(({ outer, count, inner }) => outer * count * inner <= ROOM);

describe('scatterAdd', () => {
  test.prop([problem])('has the bits of the plain loops, wherever the arrays stand', (p) => {
    const { outer, n, inner, count, single, residents, seed, rarity } = p;
    const make = (room: Float64Array, resident: boolean, length: number): Float64Array | Float32Array => {
      if (!resident) return single ? new Float32Array(length) : new Float64Array(length);
      return single
        ? new Float32Array(room.buffer, room.byteOffset, length)
        : new Float64Array(room.buffer, room.byteOffset, length);
    };
    const indices = Int32Array.from({ length: count }, (_, i) => (i * i + seed) % n);
    const x = fill(make(source, residents[0], outer * count * inner), seed, rarity);
    const out = fill(make(target, residents[1], outer * n * inner + 1), seed + 1, 2 * rarity);
    const expected = out.slice();
    // By the definition, one addition after the other.
    for (let o = 0; o < outer; o++) {
      for (const [i, place] of indices.entries()) {
        for (let q = 0; q < inner; q++) expected[(o * n + place) * inner + q] += x[(o * count + i) * inner + q];
      }
    }
    const plain = out.slice();
    scatterAddScalar(plain, x, outer, n, inner, indices);
    expectSameBits(plain, expected);
    scatterAdd(out, x, outer, n, inner, indices);
    expectSameBits(out, expected);
  });

  test('rows and indices that do not fit into a piece', () => {
    const indices = Int32Array.from({ length: 40 }, (_, i) => (i * 7) % 3);
    const x = fill(new Float32Array(40 * 5000), 1, 1009);
    const out = fill(new Float32Array(3 * 5000), 2, 7);
    const expected = out.slice();
    scatterAddScalar(expected, x, 1, 3, 5000, indices);
    expect(scatterWasm(out, 0, x, 0, 3, 5000, indices)).toBe(true);
    expectSameBits(out, expected);

    const many = new Int32Array(2 ** 18 + 40).map((_, i) => i % 2);
    const large = wasmRuntime.workspace(workspaceBytes(16 * many.length));
    if (large === undefined) throw new Error('no memory');
    const rows = large.float32(4 * many.length).fill(1);
    const sums = new Float32Array(source.buffer, source.byteOffset, 8).fill(0);
    expect(scatterWasm(sums, 0, rows, 0, 2, 4, many)).toBe(true);
    large.release();
    expect(Array.from(sums)).toEqual(new Array(8).fill(many.length / 2));
  });

  const many = new Int32Array(4096);
  const [four, sixteen] = [new Float64Array(4), new Float64Array(4 * 4096)];
  it.each([
    ['short rows', scatterWasm(target, 0, source, 0, 4, 3, many)],
    ['few elements', scatterWasm(target, 0, source, 0, 1, 4, many.subarray(0, 8))],
    ['few elements elsewhere', scatterWasm(four, 0, sixteen, 0, 1, 4, many.subarray(0, 1000))],
    ['as many results as elements', scatterWasm(sixteen.slice(), 0, sixteen, 0, 4096, 4, many)],
    ['two types', scatterWasm(new Float32Array(4), 0, sixteen, 0, 1, 4, many)],
    ['whole numbers', scatterWasm(new Int32Array(4), 0, new Int32Array(4 * 4096), 0, 1, 4, many)],
    ['no engine', makeScatterWasm(createRuntime(() => undefined))(four, 0, sixteen, 0, 1, 4, many)],
    ['no memory', makeScatterWasm(createRuntime(currentEngine, 32))(four, 0, sixteen, 0, 1, 4, many)],
  ])('leaves %s to plain loops', (_name, done) => {
    expect(done).toBe(false);
  });

  it('adds whole numbers, which wrap around', () => {
    const out = Int32Array.of(2 ** 31 - 1, 0, 5, 6);
    scatterAdd(out, Int32Array.of(1, 2, 3, 4), 1, 2, 2, Int32Array.of(0, 0));
    expect(Array.from(out)).toEqual([-(2 ** 31) + 3, 6, 5, 6]);
  });
});
