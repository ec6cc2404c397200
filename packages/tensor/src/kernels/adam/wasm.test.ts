import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { currentEngine } from '../../wasm/engine.js';
import { createRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import { adamFactors } from './factors.js';
import { type AdamKernel, type AdamStep, adamKernel, choose } from './index.js';
import { adamScalar } from './scalar.js';
import { adamWasm, makeAdamWasm } from './wasm.js';
import { buildAdam } from './wasm-module.js';

type Float = Float64Array | Float32Array;
type Arrays = [Float, Float, Float, Float64Array, Float64Array, Float64Array, Float64Array];

const special = [Number.NaN, Infinity, -Infinity, -0, 0, 5e-324, -1e-310, 1e-45, 1.7e308, 3e38, -1e-42];

type Make = (length: number, which: number) => [Float64Array, Float32Array];

const ordinary: Make = (length) => [new Float64Array(length), new Float32Array(length)];

/** Parameters, gradients and moments that follow from a seed, every ninth of them special; results begin as rubbish. */
function arrays(n: number, seed: number, single: boolean, make: Make = ordinary): Arrays {
  const fill = <T extends Float>(to: T, salt: number): T => {
    for (let i = 0; i < to.length; i++) {
      const pick = (seed + 31 * salt + 7 * i) % 99;
      to[i] = pick < special.length ? special[pick] : 3 * Math.sin(seed + 1.3 * i + salt);
    }
    return to;
  };
  const float = (salt: number): Float => fill(make(n, salt)[Number(single)], salt);
  const double = (salt: number): Float64Array => fill(make(n, salt)[0], salt);
  return [float(0), float(1), float(2), double(3), double(4), double(5), double(6)];
}

const step = fc.record({
  learningRate: fc.constantFrom(0.01, 1),
  beta1: fc.constantFrom(0.9, 0),
  beta2: fc.constantFrom(0.999, 0.5),
  epsilon: fc.constantFrom(1e-8, 0.5),
  weightDecay: fc.constantFrom(0, 0.1),
  steps: fc.integer({ min: 1, max: 1000 }),
});

function expected([out, ...rest]: Arrays, setting: AdamStep): Arrays {
  const [theta, gradient, mean, square, newMean, newSquare] = rest;
  adamScalar(0, out, theta, gradient, mean, square, newMean, newSquare, adamFactors(setting));
  return [out, ...rest];
}

it('the engine accepts the modules', () => {
  const validate: unknown = Reflect.get(Object(Reflect.get(globalThis, 'WebAssembly')), 'validate');
  if (typeof validate !== 'function') throw new Error('these tests need WebAssembly');
  for (const single of [false, true]) {
    const bytes = buildAdam(single).encode({ pages: 1 });
    expect(validate(bytes)).toBe(true);
    expect(bytes.length).toBeLessThan(4096);
  }
});

describe('adamWasm', () => {
  // Below what is worth a copy, about it, and about the length of one copy.
  const sizes = fc.constantFrom(0, 1, 3, 4, 5, 63, 1023, 1024, 1027, 4095, 4096, 4099, 8200);
  test.prop([sizes, fc.nat(98), fc.boolean(), step, fc.array(fc.boolean(), { minLength: 7, maxLength: 7 })], {
    numRuns: 40,
  })('gives the bits of the plain loop, wherever the arrays stand', (n, seed, single, setting, residents) => {
    const space = wasmRuntime.workspace(14 * workspaceBytes(8 * (n + 2)));
    if (space === undefined) throw new Error('these tests need WebAssembly');
    const homes: Float[] = [];
    // From the second element on, and with one behind the last.
    const make: Make = (length, which) => {
      if (!residents[which]) return ordinary(length, which);
      const both: [Float64Array, Float32Array] = [space.float64(length + 2), space.float32(length + 2)];
      for (const home of both) homes.push(home.fill(5));
      return [both[0].subarray(1, length + 1), both[1].subarray(1, length + 1)];
    };
    const placed = arrays(n, seed, single, make);
    adamWasm(...placed, setting);
    const wanted = expected(arrays(n, seed, single), setting);
    placed.forEach((array, i) => {
      expect(array).toEqual(wanted[i]);
    });
    for (const home of homes) expect([home[0], home.at(-1)]).toEqual([5, 5]);
    space.release();
  });

  test.prop([fc.constantFrom(5, 1030, 4099), fc.nat(98), fc.boolean(), step], { numRuns: 20 })(
    'works in place, as the plain loop does',
    (n, seed, single, setting) => {
      const [, theta, gradient, mean, square] = arrays(n, seed, single);
      adamWasm(theta, theta, gradient, mean, square, mean, square, setting);
      const wanted = expected(arrays(n, seed, single), setting);
      expect([theta, mean, square]).toEqual([wanted[0], wanted[5], wanted[6]]);
    },
  );

  it('leaves types that are mixed to the plain loop, and everything where there is no engine or memory', () => {
    const setting = { learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1, steps: 2 };
    const refusing = createRuntime(currentEngine, 1);
    const kernels: AdamKernel[] = [adamKernel, makeAdamWasm(createRuntime(() => undefined)), makeAdamWasm(refusing)];
    for (const kernel of kernels) {
      const [out, , gradient, ...moments] = arrays(2000, 5, true);
      const theta = Int32Array.from({ length: 2000 }, (_, i) => i - 1000);
      const wanted = arrays(2000, 5, true);
      adamScalar(0, wanted[0], theta, gradient, wanted[3], wanted[4], wanted[5], wanted[6], adamFactors(setting));
      kernel(out, theta, gradient, ...moments, setting);
      expect([out, ...moments]).toEqual([wanted[0], ...wanted.slice(3)]);
      const all = arrays(2000, 6, true);
      kernel(...all, setting);
      expect(all).toEqual(expected(arrays(2000, 6, true), setting));
    }
    expect(refusing.available()).toBe(false);
  });

  it('is chosen where it pays', () => {
    expect([choose({ n: 255 }), choose({ n: 256 })]).toEqual(['scalar', 'wasm']);
  });
});
