import { fc, test } from '@fast-check/vitest';
import { expectSameBits } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { createRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import { take } from './index.js';
import { gatherWasm, makeGatherWasm } from './wasm.js';
import { buildGather } from './wasm-gather.js';

it('the engine accepts the module', () => {
  const validate: unknown = Reflect.get(Object(Reflect.get(globalThis, 'WebAssembly')), 'validate');
  if (typeof validate !== 'function') throw new Error('these tests need WebAssembly');
  const bytes = buildGather().encode({ pages: 1 });
  expect(validate(bytes)).toBe(true);
  expect(bytes.length).toBeLessThan(4096);
});

const ROOM = 4096;
const memory = wasmRuntime.workspace(workspaceBytes(8 * ROOM, 8 * ROOM));
if (memory === undefined) throw new Error('these tests need WebAssembly');
const [source, target] = [memory.float64(ROOM), memory.float64(ROOM)];
const special = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324];

const problem = fc
  .record({ n: fc.integer({ min: 1, max: 9 }), inner: fc.constantFrom(4, 5, 6, 7, 8, 11, 16, 33, 50), pad: fc.nat(2) })
  .chain((sizes) =>
    fc.record({
      sizes: fc.constant(sizes),
      type: fc.constantFrom('float64', 'float32', 'int32'),
      list: fc.array(fc.nat(sizes.n - 1), { minLength: 32, maxLength: 36 }).map((l) => Int32Array.from(l)),
      backwards: fc.boolean(),
      offset: fc.nat(3),
      at: fc.nat(3),
    }),
  );

describe('gatherWasm', () => {
  test.prop([problem])(
    'moves the rows that plain loops move',
    ({ sizes: { n, inner, pad }, type, list, backwards, offset, at }) => {
      const view = (of: Float64Array): Float64Array | Float32Array | Int32Array => {
        if (type === 'float64') return of;
        return type === 'int32'
          ? new Int32Array(of.buffer, of.byteOffset, ROOM)
          : new Float32Array(of.buffer, of.byteOffset, ROOM);
      };
      const [x, out] = [view(source), view(target)];
      for (let i = 0; i < ROOM; i++) x[i] = i % 5 === 0 ? special[(i / 5) % 6] : i + 0.1;
      const row = inner + pad;
      const [from, step] = backwards ? [offset + (n - 1) * row, -row] : [offset, row];
      const expected = x.slice().fill(7);
      for (const [i, place] of list.entries()) {
        for (let q = 0; q < inner; q++) expected[at + i * inner + q] = x[from + place * step + q];
      }
      out.fill(7);
      expect(gatherWasm(out, at, x, from, step, inner, list)).toBe(true);
      expectSameBits(out, expected);
      // The same by way of `take`, over a leading axis.
      const taken = out.slice(0, 2 * list.length * inner);
      const along = { offset: from, shape: [2, n, inner], strides: [0, step, 1], axis: 1 };
      out.fill(7);
      take(out, x, along, list);
      take(taken, x, along, list);
      expectSameBits(out.subarray(0, taken.length), taken);
      expectSameBits(out.subarray(0, list.length * inner), expected.subarray(at, at + list.length * inner));
      expect(out.subarray(taken.length).every((v) => v === 7)).toBe(true);
    },
  );

  test('takes more indices than the arena holds', () => {
    const list = new Int32Array(2 ** 19 + 40).fill(1);
    list[list.length - 1] = 2;
    const large = wasmRuntime.workspace(workspaceBytes(16 * list.length));
    if (large === undefined) throw new Error('no memory');
    const out = large.float32(4 * list.length);
    const x = new Float32Array(source.buffer, source.byteOffset, 12).map((_, i) => i);
    const inMemory = new Float32Array(source.buffer, source.byteOffset, 12);
    inMemory.set(x);
    expect(gatherWasm(out, 0, inMemory, 0, 4, 4, list)).toBe(true);
    expect(Array.from(out.subarray(-8))).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
    expect(out.subarray(0, -4).every((v, i) => v === 4 + (i % 4))).toBe(true);
    large.release();
  });

  it.each([
    ['arrays outside of the memory', gatherWasm(target, 0, new Float64Array(64), 0, 4, 4, new Int32Array(64))],
    ['results outside of the memory', gatherWasm(new Float64Array(256), 0, source, 0, 4, 4, new Int32Array(64))],
    ['short rows', gatherWasm(target, 0, source, 0, 4, 3, new Int32Array(64))],
    ['few elements', gatherWasm(target, 0, source, 0, 4, 4, new Int32Array(8))],
    ['two types', gatherWasm(new Float32Array(target.buffer), 0, source, 0, 4, 4, new Int32Array(64))],
    ['no engine', makeGatherWasm(createRuntime(() => undefined))(target, 0, source, 0, 4, 4, new Int32Array(64))],
  ])('leaves %s to plain loops', (_name, done) => {
    expect(done).toBe(false);
  });
});
