import { fc, test } from '@fast-check/vitest';
import { full, mul, ones, sub, sum, type Tensor, tensor, zeros } from '@neuronseek/tensor';
import { key, normal } from '@neuronseek/tensor/random';
import { checkMonotone, expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  type CpGaussNewtonResult,
  type CpTensor,
  cpAls,
  cpGaussNewton,
  cpToTensor,
  createProblem,
  type FitProgress,
  factorMatchScore,
} from '../src/index.js';
import { shapes, tensorOf } from './arbitraries.js';
import { fixture, fixturesArePresent } from './fixture.js';
import { irregular } from './irregular.js';

const elements = (cp: CpTensor): number[] => [cp.weights, ...cp.factors].flatMap((t) => Array.from(t.toTypedArray()));
const norm = (x: Tensor): number => Math.sqrt(sum(mul(x, x)).item());

function expectSound(found: CpGaussNewtonResult): void {
  const { relativeError, gradientNorm, degeneracy, trace } = found;
  for (const v of [...elements(found), relativeError, gradientNorm, degeneracy.cosine, degeneracy.growth, ...trace]) {
    expect(Number.isFinite(v)).toBe(true);
  }
}

const anything = shapes({ maxOrder: 4 }).chain((shape) =>
  fc.record({ x: tensorOf(shape), rank: fc.integer({ min: 1, max: 4 }), seed: fc.nat(1000) }),
);

const x = irregular([4, 3, 5], 2);
const start: CpTensor = {
  weights: tensor([2, -3]),
  factors: [irregular([4, 2], 1), irregular([3, 2], 2), irregular([5, 2], 3)],
};

describe('cpGaussNewton on any tensor', () => {
  test.prop([anything])('no step raises the error, and what is reported is true', (p) => {
    const found = cpGaussNewton(p.x, p.rank, { key: key(p.seed), maxIterations: 30 });
    expectSound(found);
    expect(found.trace).toHaveLength(found.iterations);
    const size = 1 + (norm(p.x) > 0 ? found.weights.toTypedArray()[0] / norm(p.x) : 0);
    checkMonotone(found.trace, { factor: 2 ** 26 * p.rank, scale: size });
    const residual = norm(sub(p.x, cpToTensor(found))) / (norm(p.x) || 1);
    const rounding = 100 * p.rank * 2 ** -52 * size;
    expect(Math.abs(found.relativeError - residual)).toBeLessThanOrEqual(2e-6 * residual + rounding);
    expect(found.relativeError).toBe(found.trace.at(-1));
  });

  test.prop([anything])('equal inputs give equal bits', (p) => {
    const [a, b] = [0, 1].map(() => cpGaussNewton(p.x, p.rank, { key: key(p.seed), maxIterations: 8 }));
    expectSameBits(elements(a), elements(b));
    expectSameBits(a.trace, b.trace);
  });

  test.prop([anything, fc.constantFrom(2 ** 498, 2 ** -498)], { numRuns: 40 })(
    'the scale of the data changes the weights and nothing else',
    (p, scale) => {
      const options = { key: key(p.seed), maxIterations: 8 };
      const a = cpGaussNewton(p.x, p.rank, options);
      const b = cpGaussNewton(mul(p.x, scale), p.rank, options);
      expectSameBits(b.trace, a.trace);
      expectSameBits(
        b.weights.toTypedArray(),
        a.weights.toTypedArray().map((w) => w * scale),
      );
    },
  );
});

describe('collinear components come out to rounding from random starts', () => {
  test.each([
    [[8, 9, 10], 3, 0.9],
    [[8, 9, 10], 3, 0.99],
    [[8, 9, 10], 3, 0.999],
    [[4, 4, 4], 2, 0.999],
    [[5, 6, 7], 4, 0.99],
    [[6, 6, 6, 6], 3, 0.999],
    [[12, 10, 9], 6, 0.9],
  ])('%j rank %d, cosine %d', (shape, rank, collinearity) => {
    for (const seed of [0, 1, 2]) {
      const { tensor: exact, solution } = createProblem({ shape, rank, collinearity, key: key(seed) });
      const found = cpGaussNewton(exact, rank, { key: key(100 + seed) });
      expect([seed, found.status]).toEqual([seed, 'converged']);
      expect(found.relativeError).toBeLessThan(1e-10);
      expect(factorMatchScore(found, solution).score).toBeGreaterThan(1 - 1e-6);
    }
  });

  test('more than 500 parameters, by conjugate gradients', () => {
    const { tensor: exact, solution } = createProblem({ shape: [60, 50, 40], rank: 4, collinearity: 0.7, key: key(1) });
    const found = cpGaussNewton(exact, 4);
    expect(found.status).toBe('converged');
    expect(found.relativeError).toBeLessThan(1e-12);
    expect(factorMatchScore(found, solution).score).toBeGreaterThan(1 - 1e-9);
  });
});

describe('with noise', () => {
  test('a stationary point, and no worse than ALS from there', () => {
    for (const seed of [0, 1, 2]) {
      const { tensor: noisy } = createProblem({
        shape: [7, 8, 9],
        rank: 3,
        noise: 0.2,
        collinearity: 0.5,
        key: key(seed),
      });
      const found = cpGaussNewton(noisy, 3, { key: key(seed) });
      expect(found.status).toBe('converged');
      expect(found.gradientNorm).toBeLessThan(1e-4);
      const als = cpAls(noisy, 3, { init: found, tolerance: 1e-12, maxIterations: 200 });
      expect(found.relativeError - als.relativeError).toBeLessThan(1e-7);
    }
  });

  test('a start and its error without iterations; the start is not written to', () => {
    const before = elements(start);
    const found = cpGaussNewton(x, 2, { init: start, maxIterations: 0 });
    expect(found.weights).toBe(start.weights);
    expect(found.factors).toEqual(start.factors);
    expect([found.status, found.iterations, found.trace]).toEqual(['max-iterations', 0, []]);
    const als = cpAls(x, 2, { init: start, maxIterations: 0 });
    expectClose([found.relativeError, found.gradientNorm], [als.relativeError, als.gradientNorm], { factor: 1e4 });
    cpGaussNewton(x, 2, { init: start, maxIterations: 9, fixedModes: [1], ridge: 0.1 });
    expect(elements(start)).toEqual(before);
  });

  test('tolerance 0 runs all iterations and tells of each; an abort keeps the best so far', () => {
    const events: FitProgress[] = [];
    const { tensor: noisy } = createProblem({ shape: [4, 3, 5], rank: 2, noise: 0.2, key: key(1) });
    const options = { init: start, maxIterations: 40, tolerance: 0, onProgress: (e: FitProgress) => events.push(e) };
    const found = cpGaussNewton(noisy, 2, options);
    expect([found.status, found.iterations]).toEqual(['max-iterations', 40]);
    expect(events.map((e) => e.relativeError)).toEqual(found.trace);
    expect(events.map((e) => e.iteration)).toEqual(found.trace.map((_, k) => k + 1));
    const controller = new AbortController();
    const aborted = cpGaussNewton(x, 2, {
      init: start,
      signal: controller.signal,
      onProgress: ({ iteration }) => {
        if (iteration === 6) controller.abort();
      },
    });
    expect([aborted.status, aborted.iterations]).toEqual(['aborted', 6]);
    expectSameBits(elements(aborted), elements(cpGaussNewton(x, 2, { init: start, maxIterations: 6, tolerance: 0 })));
  });
});

describe('fixedModes and ridge', () => {
  test.prop([fc.subarray([0, 1, 2], { minLength: 1, maxLength: 2 })], { numRuns: 20 })(
    'fixed factors stay, and the end is that of ALS with the same modes fixed (peer case 3)',
    (fixedModes) => {
      const found = cpGaussNewton(x, 2, { init: start, fixedModes });
      for (const mode of fixedModes) expect(found.factors[mode]).toBe(start.factors[mode]);
      expectClose([norm(sub(x, cpToTensor(found))) / norm(x)], [found.relativeError], { factor: 1e4 });
      expect(found.gradientNorm).toBeLessThan(1e-4);
      const als = cpAls(x, 2, { init: found, fixedModes, tolerance: 1e-12 });
      expect(found.relativeError - als.relativeError).toBeLessThan(1e-6);
    },
  );

  test('all modes fixed: the start and its error', () => {
    const found = cpGaussNewton(x, 2, { init: start, fixedModes: [2, 0, 1, 1] });
    expect([found.status, found.iterations, found.gradientNorm]).toEqual(['converged', 0, 0]);
    expect(found.weights).toBe(start.weights);
    expectClose([found.relativeError], [norm(sub(x, cpToTensor(start))) / norm(x)], { factor: 100 });
  });

  test.each([[[]], [[1]]])('under a ridge ALS from the end finds nothing more, fixed modes %j', (fixedModes) => {
    for (const ridge of [0.01, 1]) {
      const found = cpGaussNewton(x, 2, { init: start, ridge, fixedModes, tolerance: 1e-13 });
      expect(found.status).toBe('converged');
      expect(found.gradientNorm).toBeLessThan(1e-5);
      const plain = cpGaussNewton(x, 2, { init: found, fixedModes });
      expect(found.relativeError).toBeGreaterThan(plain.relativeError);
      // The same penalty for ALS: a component's norm spread evenly over the free factors.
      const count = 3 - fixedModes.length;
      const weights = found.weights.toTypedArray();
      const spread = found.factors.map((f, n) =>
        n === fixedModes[0]
          ? f
          : tensor(
              f.toTypedArray().map((v, q) => v * weights[q % 2] ** (1 / count)),
              f.shape,
            ),
      );
      const init = { weights: ones([2]), factors: spread };
      const als = cpAls(x, 2, { init, ridge, fixedModes, maxIterations: 50, tolerance: 0 });
      expectClose([als.relativeError], [found.relativeError], { factor: 1e-5 / 2 ** -52 });
    }
  });

  test('a ridge stronger than the data leaves nothing', () => {
    const found = cpGaussNewton(x, 2, { init: start, ridge: 1e5 });
    expectSound(found);
    expectClose([found.relativeError], [1], { factor: 1e4 });
  });
});

describe('hard cases', () => {
  test.each([
    [[3, 4, 5], 2],
    [[3, 4, 5], 7],
    [[4], 3],
    [[1, 1, 1], 2],
  ])('zeros %j at rank %d', (shape, rank) => {
    const found = cpGaussNewton(zeros(shape), rank);
    expectSound(found);
    expect([found.relativeError, found.status]).toEqual([0, 'converged']);
    expect(found.weights.toArray()).toEqual(new Array(rank).fill(0));
  });

  test.each([
    [[1], 1],
    [[4], 3],
    [[2, 1, 3], 2],
    [[1, 5, 1, 2], 2],
    [[2, 2], 2],
    [[2, 3], 5],
    [[2, 3, 4], 6],
    [[2, 3, 4], 30],
    [[2, 2, 2, 2, 2], 16],
  ])('shape %j at rank %d is fitted exactly', (shape, rank) => {
    const found = cpGaussNewton(irregular(shape, 5), rank);
    expectSound(found);
    expect(found.relativeError).toBeLessThan(1e-10);
  });

  test.each([1, 2, 5])('a constant at rank %d', (rank) => {
    const found = cpGaussNewton(full([3, 3, 3], 7), rank);
    expectSound(found);
    expect(found.relativeError).toBeLessThan(1e-10);
  });

  test.each([1e150, 1e-150])('data of size %d', (scale) => {
    const { tensor: exact, solution } = createProblem({ shape: [4, 5, 6], rank: 2, collinearity: 0.9, key: key(1) });
    const found = cpGaussNewton(mul(exact, scale), 2);
    expectSound(found);
    expect(found.relativeError).toBeLessThan(1e-13);
    const scaled = { ...solution, weights: mul(solution.weights, scale) };
    expect(factorMatchScore(found, scaled).score).toBeGreaterThan(1 - 1e-9);
  });

  test('a start that repeats a component, one that is zero, and one far beyond the data', () => {
    const twice = { weights: ones([2]), factors: x.shape.map((n, m) => mul(irregular([n, 1], m), ones([1, 2]))) };
    const nothing = { weights: zeros([2]), factors: x.shape.map((n) => zeros([n, 2])) };
    const beyond = { ...start, weights: tensor([1e200, 1]) };
    for (const init of [twice, nothing, beyond]) {
      for (const sweeps of [0, 3]) {
        const found = cpGaussNewton(x, 2, { init, sweeps });
        expectSound(found);
      }
      expect(cpGaussNewton(x, 2, { init }).relativeError).toBeLessThan(1);
    }
  });

  test('W has no best rank-2 fit: degenerate, components grow, never NaN', () => {
    const w = tensor([0, 1, 1, 0, 1, 0, 0, 0], [2, 2, 2]);
    for (const seed of [0, 1, 2, 3, 4]) {
      const found = cpGaussNewton(w, 2, { key: key(seed) });
      expectSound(found);
      expect(found.status).toBe('degenerate');
      expect(found.degeneracy.cosine).toBeLessThan(-0.95);
      expect(found.degeneracy.growth).toBeGreaterThan(1);
      expect(found.relativeError).toBeLessThan(1e-3);
    }
    const order4 = tensor([0, 1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0], [2, 2, 2, 2]);
    expect(cpGaussNewton(order4, 2).status).toBe('degenerate');
  });

  test('n·(e₁ + e₂/n)³ - n·e₁³ has rank 2: found exactly, however much its components cancel', () => {
    for (const n of [3, 30, 300]) {
      const a = tensor([
        [1, 1],
        [1 / n, 0],
      ]);
      const family = cpToTensor({ weights: tensor([n, -n]), factors: [a, a, a] });
      const found = cpGaussNewton(family, 2);
      expectSound(found);
      expect([n, found.status]).toEqual([n, 'converged']);
      expect(found.relativeError).toBeLessThan(1e-13 * n);
    }
  });

  test('of random 2 × 2 × 2 tensors those of rank 3 are reported at rank 2, and no other', () => {
    // Cayley's hyperdeterminant: negative exactly where the rank over the reals is 3 (de Silva & Lim 2008).
    const hyperdeterminant = ([a, b, c, d, e, f, g, h]: number[]): number =>
      (a * h) ** 2 +
      (b * g) ** 2 +
      (c * f) ** 2 +
      (d * e) ** 2 -
      2 * (a * b * g * h + a * c * f * h + a * d * e * h + b * c * f * g + b * d * e * g + c * d * e * f) +
      4 * (a * d * f * g + b * c * e * h);
    for (let seed = 0; seed < 60; seed++) {
      const values = normal(key(1000 + seed), 8);
      const found = cpGaussNewton(tensor(values, [2, 2, 2]), 2);
      const expected = hyperdeterminant(Array.from(values)) < 0;
      expect([seed, found.status === 'degenerate']).toEqual([seed, expected]);
    }
  });
});

describe.skipIf(!fixturesArePresent)('oracle fixtures', () => {
  test.each(['cp_collinear_090', 'cp_collinear_0999'])('%s: from the given start to rounding', (name) => {
    const f = fixture(name);
    const init = { weights: ones([3]), factors: f.tensors('inputs.init') };
    const found = cpGaussNewton(f.tensor('inputs.X'), 3, { init });
    expect(found.relativeError).toBeLessThan(1e-13);
    const truth = { weights: ones([3]), factors: f.tensors('expect.unit_factors') };
    const { score } = factorMatchScore(found, truth);
    expect(score).toBeGreaterThan(1 - 1e-6);
  });

  test('cp_noisy_optimum', () => {
    const f = fixture('cp_noisy_optimum');
    const found = cpGaussNewton(f.tensor('inputs.X'), 3, { init: 'svd', tolerance: 1e-14 });
    expectClose([found.relativeError], [f.number('expect.best_relative_error')], {
      factor: f.number('tolerance.error_rel') / 2 ** -52,
    });
  });
});
