import { fc, test } from '@fast-check/vitest';
import { expectSameBits, value } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import { softmax, softmaxScalar } from './index.js';

const special = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, -1e300, 5e-324];
const ROOM = 60000;
const memory = wasmRuntime.workspace(workspaceBytes(8 * ROOM));
if (memory === undefined) throw new Error('these tests need WebAssembly');
const shared = memory.float64(ROOM);

const sizes = fc.oneof(
  fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 9 })),
  fc.constantFrom<[number, number]>([130, 10], [130, 129], [3, 16384], [3, 16385], [1, 20000], [2049, 8], [40, 1000]),
);

describe('softmax', () => {
  test.prop(
    [
      sizes,
      fc.array(value({ min: -800, max: 800, special }), { minLength: 1, maxLength: 40 }),
      fc.constantFrom(1, 2, 97),
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
    ],
    { numRuns: 80 },
  )(
    'by blocks has the bits of the plain loops, in place as well',
    ([rows, n], values, rarity, single, log, resident) => {
      const length = rows * n;
      const x = single ? new Float32Array(length) : new Float64Array(length);
      for (let i = 0; i < length; i++) x[i] = i % rarity === 0 ? values[i % values.length] : Math.sin(i) * 20;
      const expected = x.slice();
      softmaxScalar(expected, x, rows, n, log);
      const out = x.slice().fill(7);
      softmax(out, x, rows, n, log);
      expectSameBits(out, expected);
      const inPlace = !resident
        ? x
        : single
          ? new Float32Array(shared.buffer, shared.byteOffset, length)
          : new Float64Array(shared.buffer, shared.byteOffset, length);
      inPlace.set(x);
      softmax(inPlace, inPlace, rows, n, log);
      expectSameBits(inPlace, expected);
    },
  );

  test('by hand', () => {
    const out = new Float64Array(4);
    softmax(out, Float64Array.of(1000, 1000, Number.NEGATIVE_INFINITY, 3), 2, 2, false);
    expect(Array.from(out)).toEqual([0.5, 0.5, 0, 1]);
    softmax(out, Float64Array.of(1000, -1000, 0, Number.NEGATIVE_INFINITY), 2, 2, true);
    expect(Array.from(out)).toEqual([0, -2000, 0, Number.NEGATIVE_INFINITY]);
    softmax(out, new Float64Array(4).fill(Number.NEGATIVE_INFINITY), 2, 2, false);
    expect(Array.from(out)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  });
});
