import { fc, test } from '@fast-check/vitest';
import { expectSameBits, value } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { createRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import { makeBlocks } from './blocks.js';
import { logSumExp, logSumExpScalar } from './index.js';
import { makeLogSumExp } from './log-sum-exp.js';

const infinity = Number.POSITIVE_INFINITY;
const special = [0, -0, Number.NaN, infinity, -infinity, 1e300, -1e300, 5e-324];
const ROOM = 60000;
const memory = wasmRuntime.workspace(workspaceBytes(8 * ROOM));
if (memory === undefined) throw new Error('these tests need WebAssembly');
const shared = memory.float64(ROOM);

/** Kept sizes and elements of a sum: fewer and more than a block holds, and what ends within one. */
const sizes = fc.oneof(
  fc.tuple(fc.array(fc.nat(4), { maxLength: 3 }), fc.nat(9)),
  fc.constantFrom<[number[], number]>(
    [[130], 10],
    [[130], 129],
    [[3], 16384],
    [[2], 16500],
    [[], 20000],
    [[2049], 8],
    [[40], 1000],
    [[2, 3, 5], 1030],
    [[9, 2], 3000],
  ),
);
/** The summed axis before, between or behind the kept ones; then every other element, and all of them backwards. */
const layouts = fc.record({ place: fc.nat(3), spread: fc.constantFrom(1, 2), backwards: fc.boolean() });

const variants = {
  'by blocks': logSumExp,
  'without an engine': makeLogSumExp(makeBlocks(createRuntime(() => undefined))),
};

describe.each(Object.entries(variants))('logSumExp %s', (_name, variant) => {
  test.prop(
    [
      sizes,
      layouts,
      fc.array(value({ min: -800, max: 800, special }), { minLength: 1, maxLength: 40 }),
      fc.constantFrom(1, 2, 97, 5003),
      fc.boolean(),
      fc.boolean(),
    ],
    { numRuns: 80 },
  )('has the bits of the plain loops', ([kept, n], { place, spread, backwards }, values, rarity, single, resident) => {
    const full = [...kept.slice(0, place), n, ...kept.slice(place)];
    const at = Math.min(place, kept.length);
    const count = kept.reduce((size, k) => size * k, 1);
    let length = spread;
    const all = new Array<number>(full.length);
    for (let axis = full.length - 1; axis >= 0; axis--) {
      all[axis] = length;
      length *= full[axis];
    }
    if (length > ROOM) return;
    const strides = all.filter((_, axis) => axis !== at);
    const fill = single ? new Float32Array(length) : new Float64Array(length);
    for (let i = 0; i < length; i++) fill[i] = i % rarity === 0 ? values[i % values.length] : Math.sin(i) * 20;
    const x = !resident
      ? fill
      : single
        ? new Float32Array(shared.buffer, shared.byteOffset, length)
        : new Float64Array(shared.buffer, shared.byteOffset, length);
    x.set(fill);
    const stride = backwards ? -all[at] : all[at];
    const offset = backwards ? Math.max(n - 1, 0) * all[at] : 0;
    const [out, expected] = [0, 0].map(() =>
      (single ? new Float32Array(count + 1) : new Float64Array(count + 1)).fill(7),
    );
    logSumExpScalar(expected, x, offset, kept, strides, n, stride);
    variant(out, x, offset, kept, strides, n, stride);
    expectSameBits(out, expected);
    expect(out[count]).toBe(7);
  });

  test.each([
    [[1000, 1000], 1000 + Math.LN2],
    [[infinity, 1], infinity],
    [[infinity, -infinity], infinity],
    [[-infinity, 3], 3],
    [[-infinity, -infinity], -infinity],
    [[Number.NaN, infinity], Number.NaN],
    [[-5], -5],
    [[], -infinity],
  ])('of %j is %d', (values, expected) => {
    const out = new Float64Array(1);
    variant(out, Float64Array.from(values), 0, [], [], values.length, 1);
    expect(out[0]).toBe(expected);
  });
});
