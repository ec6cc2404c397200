import { tensor } from '@neuronseek/tensor';
import { fold, key, normal, randint } from '@neuronseek/tensor/random';
import { describe, expect, test } from 'vitest';
import { ttAt, ttComplete, ttProject, ttRandom, ttRanks, ttToTensor } from '../src/index.js';
import { sampleGradient } from '../src/tt/riemannian/descent.js';
import { tangentFrames } from '../src/tt/riemannian/frames.js';
import { tangentTrain } from '../src/tt/riemannian/tangent.js';
import { ttNumbers, ttOfNumbers } from '../src/tt/tt-numbers.js';
import { distance, elements, elementsOf, irregularTt } from './tt-support.js';

function drawn(shape: readonly number[], count: number, seed: number): number[][] {
  const columns = shape.map((n, k) => randint(fold(key(seed), k), count, { max: n }));
  return Array.from({ length: count }, (_, s) => columns.map((column) => column[s]));
}

const sum = (index: readonly number[]): number => index.reduce((a, b) => a + b, 0);

describe('ttComplete', () => {
  test('its gradient is the projection of x - target at the samples (peer case 44)', () => {
    const shape = [3, 4, 3];
    const x = ttNumbers('test', irregularTt(shape, [2, 2]));
    const indices = [0, 5, 11, 17, 18, 30, 35].map((q) => [Math.floor(q / 12), Math.floor(q / 3) % 4, q % 3]);
    const values = normal(key(1), indices.length);
    const samples = { shape, points: Int32Array.from(indices.flat()), values, roots: values.map(() => 1) };
    const model = Float64Array.from(elements(ttAt(ttOfNumbers(x), indices)));
    const dense = new Float64Array(36);
    indices.forEach(([i, j, k], s) => {
      dense[(i * 4 + j) * 3 + k] += model[s] - values[s];
    });
    const frames = tangentFrames(x);
    const gradient = ttOfNumbers(tangentTrain(frames, sampleGradient(frames, samples, model)));
    expect(ttRanks(gradient)).toEqual([1, 4, 4, 1]);
    const expected = elements(ttToTensor(ttProject(ttOfNumbers(x), tensor(dense, shape))));
    expect(distance(elements(ttToTensor(gradient)), expected)).toBeLessThan(1e-12);
  });

  test('the sum of the indices from a tenth of the elements, to rounding', () => {
    const shape = [8, 8, 8, 8];
    const indices = drawn(shape, 1000, 1);
    const result = ttComplete(indices, indices.map(sum), shape, 2);
    expect(result.status).toBe('converged');
    expect(result.relativeError).toBeLessThan(1e-8);
    expect(result.heldOutError).toBeLessThan(1e-8);
    expect(result.heldOutCount).toBe(100);
    const tested = drawn(shape, 500, 2);
    expect(distance(elements(ttAt(result, tested)), tested.map(sum))).toBeLessThan(1e-8);
  });

  test('1/(1 + Σi), i from 1, on 5⁵ from 900 samples: rank 2 has a test error below 1e-2', () => {
    const shape = [5, 5, 5, 5, 5];
    const f = (index: readonly number[]): number => 1 / (6 + sum(index));
    const indices = drawn(shape, 900, 3);
    const result = ttComplete(indices, indices.map(f), shape, 2);
    const tested = drawn(shape, 900, 4);
    expect(distance(elements(ttAt(result, tested)), tested.map(f))).toBeLessThan(1e-2);
  });

  test('the error falls, and a start near by leads back', () => {
    const shape = [5, 6, 4];
    const tt = ttRandom(shape, 2, { key: key(2) });
    const indices = drawn(shape, 400, 5);
    const init = {
      cores: tt.cores.map((core, k) =>
        tensor(
          elements(core).map((v, q) => v + 0.05 * Math.sin(q + k)),
          core.shape,
        ),
      ),
    };
    const before = elementsOf(init);
    const result = ttComplete(indices, ttAt(tt, indices), shape, 2, { init, tolerance: 1e-9 });
    expect(elementsOf(init)).toEqual(before);
    expect(distance(elementsOf(result), elementsOf(tt))).toBeLessThan(1e-6);
    result.trace.slice(1).forEach((error, k) => {
      expect(error).toBeLessThanOrEqual(result.trace[k]);
    });
  });

  test('weights of zero make values irrelevant; zeros, scales and one mode give finite results; keys decide', () => {
    const shape = [4, 5, 3];
    const indices = drawn(shape, 200, 6);
    const values = indices.map((index) => 1 + sum(index));
    const weights = values.map((_, s) => (s % 5 === 0 ? 0 : 1));
    const junk = values.map((v, s) => (s % 5 === 0 ? 999 : v));
    const result = ttComplete(indices, junk, shape, 2, { weights, tolerance: 1e-9 });
    expect(distance(elements(ttAt(result, indices)), values)).toBeLessThan(1e-6);
    const missing = values.map((v, s) => (s % 5 === 0 ? Number.NaN : v));
    expect(elementsOf(ttComplete(indices, missing, shape, 2, { weights, tolerance: 1e-9 }))).toEqual(
      elementsOf(result),
    );
    for (const scale of [0, 1e-150, 1e150]) {
      const scaled = ttComplete(
        indices,
        values.map((v) => v * scale),
        shape,
        2,
      );
      expect(elements(ttToTensor(scaled)).every(Number.isFinite)).toBe(true);
      expect(scaled.relativeError).toBeLessThan(1e-3);
    }
    expect(ttComplete([[0], [1], [2]], [3, 4, 5], [3], 2, { holdOut: 0 }).relativeError).toBeLessThan(1e-12);
    const [a, b] = [1, 2].map(() => ttComplete(indices, values, shape, 2, { key: key(3), maxIterations: 5 }));
    expect(elementsOf(a)).toEqual(elementsOf(b));
    expect(ttComplete(indices, values, shape, 2, { signal: AbortSignal.abort() })).toMatchObject({
      status: 'aborted',
      iterations: 0,
    });
  });

  test('refuses what is out of range', () => {
    expect(() => ttComplete([[3]], [1], [3], 1)).toThrow(
      'ttComplete: index of sample 0 is out of range for mode 0 of size 3: 3',
    );
    expect(() => ttComplete([[0]], [1], [3], 0)).toThrow('ttComplete: rank is not a positive integer: 0');
    expect(() => ttComplete([[0]], [Infinity], [3], 1)).toThrow('ttComplete: values is not finite at [0]: Infinity');
    expect(() => ttComplete([[0]], [1], [3], 1, { holdOut: -1 })).toThrow(
      'ttComplete: holdOut is not a number from 0 to below 1: -1',
    );
  });
});
