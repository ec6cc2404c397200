import { add, grad, mul, sub, sum, type Tensor, tensor } from '@neuronseek/tensor';
import { key, normal, uniform } from '@neuronseek/tensor/random';
import { describe, expect, test } from 'vitest';
import { tensorTrain, ttAt, ttOpt, ttRandom, ttToTensor } from '../src/index.js';
import { denseObjective, sampleObjective } from '../src/tt/fit/opt-objective.js';
import { distance, elements, elementsOf, irregularTt, tensorBy } from './tt-support.js';

const flat = (cores: readonly Tensor[]): Float64Array =>
  Float64Array.from(cores.flatMap((core) => Array.from(core.toTypedArray()).map(Number)));

describe('the gradients of ttOpt are those of autodiff', () => {
  for (const [shape, inner] of [
    [[4], []],
    [[3, 4], [2]],
    [
      [3, 1, 4, 2],
      [2, 2, 2],
    ],
  ] as const) {
    const tt = irregularTt(shape, inner);
    const ranks = [1, ...inner, 1];
    const size = shape.reduce<number>((a, b) => a * b, 1);
    const x = flat(tt.cores);
    const penalty = (cores: readonly Tensor[]): Tensor =>
      cores.map((core) => mul(sum(mul(core, core)), 0.05)).reduce((a, b) => add(a, b));

    test(`dense, ${JSON.stringify(shape)}`, () => {
      const z = normal(key(1), size);
      const gradient = new Float64Array(x.length);
      const value = denseObjective({ shape, ranks }, z, 0.1)(x, gradient);
      const loss = (cores: Tensor[]): Tensor => {
        const d = sub(ttToTensor({ cores }), tensor(z, shape));
        return add(mul(sum(mul(d, d)), 0.5), penalty(cores));
      };
      expect(value).toBeCloseTo(loss([...tt.cores]).item(), 9);
      expect(distance(gradient, flat(grad(loss)([...tt.cores])))).toBeLessThan(1e-13);
    });

    test(`samples, ${JSON.stringify(shape)}`, () => {
      const indices = Array.from({ length: 9 }, (_, s) => shape.map((n, k) => (7 * s + 3 * k + s * s) % n));
      const values = normal(key(2), 9);
      const roots = uniform(key(3), 9);
      const gradient = new Float64Array(x.length);
      const samples = { shape, points: Int32Array.from(indices.flat()), values, roots };
      const value = sampleObjective({ shape, ranks }, samples, 0.1)(x, gradient);
      const loss = (cores: Tensor[]): Tensor => {
        const d = mul(sub(ttAt({ cores }, indices), tensor(values)), tensor(roots));
        return add(mul(sum(mul(d, d)), 0.5), penalty(cores));
      };
      expect(value).toBeCloseTo(loss([...tt.cores]).item(), 9);
      expect(distance(gradient, flat(grad(loss)([...tt.cores])))).toBeLessThan(1e-13);
    });
  }
});

describe('ttOpt', () => {
  const shape = [5, 6, 4];
  const noisy = tensorBy(shape, (i) => 1 / (1 + i[0] + i[1] + i[2]) + 0.05 * Math.sin(17 * i[0] + 5 * i[1] * i[2] + 1));

  test('is no worse than TT-SVD, which is nearly best, and tells the true error', () => {
    const svd = tensorTrain(noisy, { ranks: 2 });
    const result = ttOpt(noisy, 2, { init: svd });
    expect(result.relativeError).toBeLessThanOrEqual(svd.relativeError * (1 + 1e-12));
    expect(result.gradientNorm).toBeLessThan(1e-4);
    const random = ttOpt(noisy, 2);
    expect(random.relativeError).toBeLessThan(1.2 * svd.relativeError);
    expect(random.relativeError).toBeCloseTo(distance(elements(ttToTensor(random)), elements(noisy)), 12);
    expect(random.trace.length).toBe(random.iterations);
  });

  test('finds a train of its own rank, dense and from samples', () => {
    const tt = ttRandom(shape, 2, { key: key(4) });
    const dense = ttToTensor(tt);
    expect(ttOpt(dense, 2, { key: key(1) }).relativeError).toBeLessThan(1e-4);
    const indices = Array.from({ length: 120 }, (_, q) => [Math.floor(q / 24), Math.floor(q / 4) % 6, q % 4]);
    const values = elements(ttAt(tt, indices));
    const weights = values.map((_, s) => (s % 7 === 0 ? 0 : 1));
    const junk = values.map((v, s) => (s % 7 === 0 ? 999 : v));
    // A local minimum each: the best of some keys.
    const [result] = [0, 1, 2, 3, 4]
      .map((seed) => ttOpt({ indices, values: junk, shape, weights }, 2, { key: key(seed) }))
      .sort((a, b) => a.relativeError - b.relativeError);
    expect(result.relativeError).toBeLessThan(1e-3);
    expect(distance(elements(ttToTensor(result)), elementsOf(tt))).toBeLessThan(1e-3);
  });

  test('the objective falls; a ridge makes it shorter; scales do not matter; keys decide', () => {
    const { trace } = ttOpt(noisy, 2, { maxIterations: 50, tolerance: 0 });
    trace.slice(1).forEach((error, k) => {
      expect(error).toBeLessThanOrEqual(trace[k] * (1 + 1e-6));
    });
    const norm = (x: Tensor): number => Math.hypot(...elements(x));
    expect(norm(ttToTensor(ttOpt(noisy, 2, { ridge: 0.1 })))).toBeLessThan(0.99 * norm(noisy));
    const [a, b] = [ttOpt(noisy, 2), ttOpt(noisy, 2)];
    a.cores.forEach((core, k) => {
      expect(b.cores[k].toTypedArray()).toEqual(core.toTypedArray());
    });
    for (const scale of [1e-150, 1e150]) {
      expect(ttOpt(mul(noisy, scale), 2).relativeError).toBeCloseTo(a.relativeError, 6);
    }
  });

  test('the scale of the data does not matter to a start either, however its cores share the norm', () => {
    const x = tensor(normal(key(3), 210), [5, 6, 7]);
    const start = tensorTrain(x, { ranks: 3 });
    const plain = ttOpt(x, 3, { init: start, maxIterations: 60 });
    expect(plain.relativeError).toBeLessThan(0.99 * start.relativeError);
    for (const scale of [1e-150, 1e150]) {
      const data = mul(x, scale);
      const init = tensorTrain(data, { ranks: 3 });
      const before = init.cores.map(elements);
      expect(ttOpt(data, 3, { init, maxIterations: 60 }).relativeError).toBeCloseTo(plain.relativeError, 6);
      expect(init.cores.map(elements)).toEqual(before);
      const same = ttOpt(data, 3, { init, maxIterations: 0 });
      expect(distance(elements(ttToTensor(same)), elements(ttToTensor(init)))).toBeLessThan(2e-15);
      expect(same.relativeError).toBeCloseTo(init.relativeError, 12);
    }
  });

  test('zeros, constants, ranks above the sizes, order 1: finite', () => {
    for (const x of [tensorBy([3, 4], () => 0), tensorBy([3, 1, 4], () => 2), tensorBy([7], (i) => i[0])]) {
      const result = ttOpt(x, 9);
      expect(elements(ttToTensor(result)).every(Number.isFinite)).toBe(true);
      expect(result.relativeError).toBeLessThan(1e-3);
    }
  });

  test('refuses what is out of range; stops when told', () => {
    expect(() => ttOpt(noisy, 0)).toThrow('ttOpt: rank is not a positive integer: 0');
    expect(() => ttOpt(noisy, 2, { ridge: -1 })).toThrow('ttOpt: ridge is not a finite number from 0: -1');
    expect(() => ttOpt(noisy, [1, 2, 1])).toThrow(
      'ttOpt: ranks has length 3, expected 4, the boundary ranks 1 included: [1, 2, 1]',
    );
    expect(() => ttOpt({ indices: [[9]], values: [1], shape: [3] }, 1)).toThrow(
      'ttOpt: index of sample 0 is out of range for mode 0 of size 3: 9',
    );
    expect(ttOpt(noisy, 2, { signal: AbortSignal.abort() }).status).toBe('aborted');
    expect(ttOpt(noisy, 2, { maxIterations: 3 })).toMatchObject({ status: 'max-iterations', iterations: 3 });
  });
});
