import { fc, test } from '@fast-check/vitest';
import { expectSameBits } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { createRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import type { Buffer } from './contract.js';
import { copyByRows } from './scalar.js';
import { copyTransposed, makeCopyTransposed } from './transpose.js';
import { buildTranspose } from './wasm-transpose.js';

it('the engine accepts the modules', () => {
  const validate: unknown = Reflect.get(Object(Reflect.get(globalThis, 'WebAssembly')), 'validate');
  if (typeof validate !== 'function') throw new Error('these tests need WebAssembly');
  for (const single of [false, true]) {
    const bytes = buildTranspose(single).encode({ pages: 1 });
    expect(validate(bytes)).toBe(true);
    expect(bytes.length).toBeLessThan(4096);
  }
});

const ROOM = 300000;
const memory = wasmRuntime.workspace(workspaceBytes(8 * ROOM, 8 * ROOM));
if (memory === undefined) throw new Error('these tests need WebAssembly');
const [sources, targets] = [memory.float64(ROOM), memory.float64(ROOM)];

type Kind = 'float64' | 'float32' | 'int32' | 'uint8';
const makers = { float64: Float64Array, float32: Float32Array, int32: Int32Array, uint8: Uint8Array } as const;

function array(kind: Kind, length: number, resident: Float64Array | undefined): Buffer {
  if (resident === undefined) return new makers[kind](length);
  const { buffer, byteOffset } = resident;
  if (kind === 'float64') return new Float64Array(buffer, byteOffset, length);
  if (kind === 'float32') return new Float32Array(buffer, byteOffset, length);
  return kind === 'int32' ? new Int32Array(buffer, byteOffset, length) : new Uint8Array(buffer, byteOffset, length);
}

const special = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324];
const without = makeCopyTransposed(createRuntime(() => undefined));

const places = fc.record({
  kind: fc.constantFrom<Kind>('float64', 'float32', 'int32', 'uint8'),
  other: fc.constantFrom<Kind | undefined>(undefined, undefined, undefined, 'float64', 'float32'),
  from: fc.boolean(),
  to: fc.boolean(),
  offset: fc.nat(3),
  outOffset: fc.nat(3),
});

/** Axes with their size, stored in this order with `gap` elements left out behind each, and read in the order of `permutation`. */
function compare(
  p: { kind: Kind; other: Kind | undefined; from: boolean; to: boolean; offset: number; outOffset: number },
  stored: readonly number[],
  gap: number,
  permutation: readonly number[],
): void {
  const strides: number[] = [];
  let length = 1;
  for (let axis = stored.length - 1; axis >= 0; axis--) {
    strides[axis] = length;
    length = length * stored[axis] + gap;
  }
  const x = array(p.kind, p.offset + length, p.from ? sources : undefined);
  for (let i = 0; i < x.length; i++) x[i] = i % 11 === 0 ? special[(i / 11) % 6] : i + 0.1;
  const shape = permutation.map((axis) => stored[axis]);
  const total = shape.reduce((product, n) => product * n, 1);
  const outKind = p.other ?? p.kind;
  const expected = array(outKind, p.outOffset + total + 4, undefined).fill(7);
  copyByRows(
    expected,
    p.outOffset,
    x,
    p.offset,
    permutation.map((axis) => strides[axis]),
    shape,
  );
  for (const variant of [copyTransposed, without]) {
    const received = array(outKind, expected.length, p.to ? targets : undefined).fill(7);
    expect(
      variant(
        received,
        p.outOffset,
        x,
        p.offset,
        permutation.map((axis) => strides[axis]),
        shape,
      ),
    ).toBe(true);
    expectSameBits(received, expected);
  }
}

const sizes = fc.constantFrom(8, 9, 17, 31, 33, 34, 64, 65, 66, 67, 127);

describe('copyTransposed', () => {
  test.prop([places, sizes, sizes, fc.nat(2)], { numRuns: 100 })('turns matrices', (p, rows, cols, gap) => {
    compare(p, [rows, cols], gap, [1, 0]);
  });

  test.prop(
    [places, fc.constantFrom(32, 40, 65), fc.constantFrom(32, 37, 71), fc.integer({ min: 1, max: 4 }), fc.nat(1)],
    {
      numRuns: 60,
    },
  )('turns axes of batches, with others before, between and behind them', (p, n, m, k, gap) => {
    compare(p, [k, n, m], gap, [0, 2, 1]);
    compare(p, [n, k, m], gap, [2, 1, 0]);
    compare(p, [n, k, m], gap, [1, 2, 0]);
    compare(p, [n, m, k, 9], gap, [3, 2, 0, 1]);
    compare(p, [k, n, 2, m], gap, [2, 3, 0, 1]);
  });

  test.prop([places], { numRuns: 8 })('turns matrices larger than the arena and of rows that fall together', (p) => {
    compare(p, [520, 512], 0, [1, 0]);
    compare(p, [9, 4099], 0, [1, 0]);
    compare(p, [4099, 9], 0, [1, 0]);
  });

  it('leaves alone what has no second axis to go along, few rows, and nothing', () => {
    const [x, out] = [new Float64Array(4096), new Float64Array(4096)];
    for (const [strides, shape] of [
      [
        [128, 2],
        [32, 32],
      ],
      [
        [1, 32],
        [7, 32],
      ],
      [
        [1, 32],
        [32, 7],
      ],
      [
        [1, 32],
        [32, 0],
      ],
      [
        [64, 1],
        [32, 32],
      ],
      [
        [0, -1],
        [32, 32],
      ],
    ]) {
      expect(copyTransposed(out, 0, x, 2048, strides, shape)).toBe(false);
    }
  });
});
