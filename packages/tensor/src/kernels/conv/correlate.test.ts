import { fc, test } from '@fast-check/vitest';
import { expectSameBits } from '@neuronseek/testkit';
import { expect, it } from 'vitest';
import { wasmRuntime } from '../../wasm/runtime.js';
import { correlateScalar, makeCorrelate } from './correlate.js';
import { buildCorrelate } from './correlate-module.js';
import { buildWindows } from './windows-module.js';

/** Numbers between −1 and 1 that follow from a seed. */
function numbers(length: number, seed: number, single: boolean): Float64Array | Float32Array {
  const data = single ? new Float32Array(length) : new Float64Array(length);
  for (let i = 0; i < length; i++) data[i] = Math.sin(seed + 1.7 * i + 0.3 * ((i * i) % 17));
  return data;
}

it('the engine accepts the modules', () => {
  const validate: unknown = Reflect.get(Object(Reflect.get(globalThis, 'WebAssembly')), 'validate');
  if (typeof validate !== 'function') throw new Error('these tests need WebAssembly');
  for (const single of [false, true]) {
    const builders = [buildCorrelate(single), ...[false, true].map((scatter) => buildWindows({ scatter, single }))];
    for (const module of builders) {
      const bytes = module.encode({ pages: 1 });
      expect(validate(bytes)).toBe(true);
      expect(bytes.length).toBeLessThan(4096);
    }
  }
});

test.prop([fc.integer({ min: 1, max: 40 }), fc.constantFrom(1, 2, 3), fc.boolean(), fc.nat(1000)])(
  'correlate by vectors has the bits of its loops and writes nothing else',
  (width, columnStep, single, seed) => {
    const windows = {
      channels: 2,
      kernelHeight: 2,
      kernelWidth: 3,
      rows: 2,
      width,
      channelStep: 500,
      dilationRow: 125,
      dilationColumn: 2,
      rowStep: 250,
      columnStep,
    };
    const space = wasmRuntime.workspace(16384);
    if (space === undefined) throw new Error('these tests need WebAssembly');
    const [image, weights, out] = [1000, 13, 2 * width + 1].map((length, i) => {
      const array = single ? space.float32(length) : space.float64(length);
      array.set(numbers(length, seed + i, single));
      return array;
    });
    const expected = numbers(2 * width + 1, seed + 2, single);
    correlateScalar(windows, image, weights, 1, expected);
    makeCorrelate(wasmRuntime)(windows, image, weights, 1, out);
    expectSameBits(Array.from(out), Array.from(expected));
    space.release();
  },
);
