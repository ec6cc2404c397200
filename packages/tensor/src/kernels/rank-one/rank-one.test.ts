import { fc, test } from '@fast-check/vitest';
import { expectSameBits } from '@neuronseek/testkit';
import { expect, it } from 'vitest';
import { createRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import { addRows, makeRankOne, subtractOuter } from './index.js';
import { addRowsScalar, subtractOuterScalar } from './scalar.js';
import { buildRankOne } from './wasm-module.js';

const special = [Number.NaN, Infinity, -Infinity, -0, 0, 5e-324, 1e-310, 1.7e308];

/** Numbers that follow from a seed, some of them special. */
function fill(to: Float64Array, seed: number): Float64Array {
  for (let i = 0; i < to.length; i++) {
    const pick = (seed + 17 * i + ((i * i) % 7)) % 83;
    to[i] = pick < special.length ? special[pick] : 2 * Math.sin(seed + 1.7 * i);
  }
  return to;
}

const bits = (x: Float64Array): Float64Array => x.map((value) => (Number.isNaN(value) ? 1 : value));

it('the engine accepts the modules', () => {
  const validate: unknown = Reflect.get(Object(Reflect.get(globalThis, 'WebAssembly')), 'validate');
  if (typeof validate !== 'function') throw new Error('these tests need WebAssembly');
  for (const subtract of [false, true]) {
    const bytes = buildRankOne(subtract).encode({ pages: 1 });
    expect(validate(bytes)).toBe(true);
    expect(bytes.length).toBeLessThan(4096);
  }
});

const sizes = fc.record({
  rows: fc.integer({ min: 0, max: 24 }),
  cols: fc.integer({ min: 0, max: 19 }),
  vStride: fc.integer({ min: -2, max: 3 }),
  gap: fc.nat(3),
  inside: fc.boolean(),
  seed: fc.nat(82),
});

test.prop([sizes])('vectors give the bits of the plain loops', ({ rows, cols, vStride, gap, inside, seed }) => {
  const stride = cols + gap + 1;
  const lengths = [3 * rows + 4, cols + 3, (rows + 1) * stride + 3];
  const space = wasmRuntime.workspace(workspaceBytes(...lengths.map((length) => 8 * length)));
  if (space === undefined) throw new Error('these tests need WebAssembly');
  const [v, w, c] = lengths.map((length, i) => fill(space.float64(length), seed + i));
  const vAt = vStride < 0 ? 2 * rows + 1 : 1;
  for (const [kernel, scalar] of [
    [addRows, addRowsScalar],
    [subtractOuter, subtractOuterScalar],
    [
      makeRankOne(
        createRuntime(() => undefined),
        true,
      ),
      subtractOuterScalar,
    ],
  ] as const) {
    // Inside: the row and the column belong to the matrix itself, as in an elimination.
    const [wFrom, wAt] = inside ? [c, 2] : [w, 1];
    const [vFrom, vStart, vStep] = inside ? [c, 1 + stride, stride] : [v, vAt, vStride];
    const before = [v, w, c].map((array) => array.slice());
    const from = (array: Float64Array): Float64Array => before[[v, w, c].indexOf(array)];
    kernel(rows, cols, vFrom, vStart, vStep, wFrom, wAt, c, 2 + stride, stride);
    scalar(rows, cols, from(vFrom), vStart, vStep, from(wFrom), wAt, from(c), 2 + stride, stride);
    [v, w, c].forEach((array, i) => {
      expectSameBits(bits(array.slice()), bits(before[i]));
    });
  }
  space.release();
});
