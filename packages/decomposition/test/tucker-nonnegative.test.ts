import { fc, test } from '@fast-check/vitest';
import { abs, grad, mul, neg, sub, sum, type Tensor, tensor } from '@neuronseek/tensor';
import { key, uniform } from '@neuronseek/tensor/random';
import { checkMonotone, expectClose, toleranceEpsilon } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { hooi, type TuckerTensor, tuckerNonnegative, tuckerToTensor } from '../src/index.js';
import { shapes, tensorOf } from './arbitraries.js';
import { irregular } from './irregular.js';
import { denseError, normOf } from './tucker-laws.js';

const data = shapes({ maxOrder: 4, maxSize: 4 }).chain((shape) =>
  fc.record({ x: tensorOf(shape), ranks: fc.tuple(...shape.map(() => fc.integer({ min: 1, max: 3 }))) }),
);

/** Uniform numbers, half of them set to 0. */
function sparse(seed: number, shape: readonly number[]): Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  return tensor(
    uniform(key(seed), size).map((v) => (v > 0.5 ? v : 0)),
    shape,
  );
}

const shape = [12, 9, 11];
const ranks = [3, 2, 4];
const truth: TuckerTensor = { core: sparse(1, ranks), factors: shape.map((n, m) => sparse(m + 2, [n, ranks[m]])) };
const planted = tuckerToTensor(truth);

function expectNonnegative({ core, factors }: TuckerTensor): void {
  for (const t of [core, ...factors]) for (const v of t.toTypedArray()) expect(v).toBeGreaterThanOrEqual(0);
}

test.prop([data])('no negative entry, no rise of the error, the error of the dense model', ({ x, ranks: given }) => {
  for (const init of ['stHosvd', 'random'] as const) {
    const found = tuckerNonnegative(x, { ranks: given, init, maxIterations: 8, tolerance: 0 });
    expectNonnegative(found);
    // The square of the error is what is minimised, and what is known to rounding.
    checkMonotone(
      found.trace.map((error) => error ** 2),
      { factor: 256, scale: 1 },
    );
    const error = denseError(x, found);
    expectClose([found.relativeError], [error], { factor: 1e-6 / toleranceEpsilon, scale: error + 1e-8 });
    found.factors.forEach((factor) => {
      const [rows, columns] = factor.shape;
      const elements = factor.toTypedArray();
      for (let r = 0; r < columns; r++) {
        const norm = Math.hypot(...Array.from({ length: rows }, (_, i) => elements[i * columns + r]));
        expect(norm === 0 || Math.abs(norm - 1) < 1e-14).toBe(true);
      }
    });
  }
});

test.prop([shapes({ minOrder: 1, maxOrder: 3 }).chain(tensorOf)])(
  'rank one of a nonnegative tensor: no worse than the best of any sign, which is nonnegative (Perron & Frobenius)',
  (x) => {
    const positive = abs(x);
    const best = hooi(positive, { ranks: 1, tolerance: 1e-13, maxIterations: 500 }).relativeError;
    const found = tuckerNonnegative(positive, { ranks: 1, tolerance: 1e-13, maxIterations: 500 }).relativeError;
    expect(Math.abs(found - best)).toBeLessThan(1e-6);
  },
);

test('stays at an exact model, and comes back to it from nearby', () => {
  const there = tuckerNonnegative(planted, { ranks, init: truth });
  expect(there.relativeError).toBeLessThan(1e-14);
  const near = {
    ...truth,
    core: mul(truth.core, 1.1),
    factors: truth.factors.map((f) => sub(mul(f, 1.2), mul(mul(f, f), 0.3))),
  };
  const found = tuckerNonnegative(planted, { ranks, init: near, maxIterations: 2000, tolerance: 0 });
  expect(found.relativeError).toBeLessThan(1e-5);
  expect(denseError(planted, near)).toBeGreaterThan(0.05);
});

test('reports an error of 1e-8, where the difference of norms knows nothing', () => {
  const bump = irregular(shape, 1);
  const x = sub(planted, mul(bump, (1e-8 * normOf(planted)) / normOf(bump)));
  const found = tuckerNonnegative(x, { ranks, init: truth, maxIterations: 3, tolerance: 0 });
  expectClose([found.relativeError], [denseError(x, found)], { factor: 1e-6 / toleranceEpsilon });
  expect(found.relativeError).toBeGreaterThan(1e-9);
  expect(found.relativeError).toBeLessThan(1.1e-8);
});

test('meets the conditions of Karush, Kuhn and Tucker where it converges', () => {
  const x = mul(planted, 1 / normOf(planted));
  const found = tuckerNonnegative(x, { ranks, tolerance: 1e-13, maxIterations: 5000 });
  const loss = ([core, ...factors]: Tensor[]): Tensor => {
    const rest = sub(tuckerToTensor({ core, factors }), x);
    return mul(sum(mul(rest, rest)), 0.5);
  };
  const point = [found.core, ...found.factors];
  grad(loss)(point).forEach((g, k) => {
    const values = point[k].toTypedArray();
    g.toTypedArray().forEach((slope, q) => {
      // Neither a positive entry with a slope, nor one at 0 that would fall by growing.
      expect(Math.abs(values[q] - Math.max(0, values[q] - slope))).toBeLessThan(1e-5);
    });
  });
});

describe('hard cases', () => {
  test.each([
    ['zeros', mul(planted, 0), 0],
    ['a tensor without positive entries', neg(planted), 1],
    ['a constant', tensor(new Float64Array(24).fill(3), [2, 3, 4]), 0],
    ['a vector', abs(irregular([6], 1)), 0],
    ['one element', tensor([[[2]]]), 0],
    ['singleton modes', abs(irregular([1, 5, 1], 1)), 0],
  ])('%s', (_name, x, error) => {
    for (const init of ['stHosvd', 'random'] as const) {
      const found = tuckerNonnegative(x, { ranks: 2, init });
      for (const t of [found.core, ...found.factors]) expect(t.toTypedArray().every(Number.isFinite)).toBe(true);
      expect(Math.abs(found.relativeError - error)).toBeLessThan(1e-6);
      expect(found.ranks).toEqual(x.shape.map((n) => Math.min(n, 2)));
    }
  });
});

test('scales with the data, repeats itself, tells, stops, and leaves init alone', () => {
  const options = { ranks, init: 'random', key: key(4), maxIterations: 6, tolerance: 0 } as const;
  const plain = tuckerNonnegative(planted, options);
  expect(tuckerNonnegative(planted, options)).toEqual(plain);
  expect(tuckerNonnegative(mul(planted, 2 ** -200), options).trace).toEqual(plain.trace);
  const tiny = tuckerNonnegative(mul(planted, 1e-150), options);
  expectClose(tiny.trace, plain.trace, { factor: 1e-9 / toleranceEpsilon });
  expectClose(mul(tiny.core, 1e150).toTypedArray(), plain.core.toTypedArray(), { factor: 1e-9 / toleranceEpsilon });
  const controller = new AbortController();
  const told: number[] = [];
  const aborted = tuckerNonnegative(planted, {
    ...options,
    signal: controller.signal,
    onProgress: ({ iteration, relativeError }) => {
      told.push(relativeError);
      if (iteration === 4) controller.abort();
    },
  });
  expect([aborted.status, aborted.iterations]).toEqual(['aborted', 4]);
  expect(told).toEqual(plain.trace.slice(0, 4));
  const before = JSON.stringify([truth.core, ...truth.factors].map((t) => t.toArray()));
  const kept = tuckerNonnegative(planted, { ranks, init: truth, maxIterations: 0 });
  expectClose(tuckerToTensor(kept).toTypedArray(), planted.toTypedArray(), { factor: 64 });
  tuckerNonnegative(planted, { ranks, init: truth, maxIterations: 2, tolerance: 0 });
  expect(JSON.stringify([truth.core, ...truth.factors].map((t) => t.toArray()))).toBe(before);
});
