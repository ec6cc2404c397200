import { fc, test } from '@fast-check/vitest';
import { add, full, matmul, mul, ones, sub, sum, type Tensor, tensor, transpose, zeros } from '@neuronseek/tensor';
import { key, normal } from '@neuronseek/tensor/random';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { isDiverging } from '../src/cp/als/divergence.js';
import { type CpAlsResult, type CpTensor, cpAls, cpToTensor, createProblem, factorMatchScore } from '../src/index.js';
import { irregular } from './irregular.js';

const inits = ['random', 'svd'] as const;
const norm = (x: Tensor): number => Math.sqrt(sum(mul(x, x)).item());

function expectSound(found: CpAlsResult): void {
  for (const part of [found.weights, ...found.factors]) {
    for (const v of part.toTypedArray()) expect(Number.isFinite(v)).toBe(true);
  }
  const { relativeError, gradientNorm, degeneracy, trace } = found;
  for (const v of [relativeError, gradientNorm, degeneracy.cosine, degeneracy.growth, ...trace]) {
    expect(Number.isFinite(v)).toBe(true);
  }
}

/** e₁∘e₁∘e₂ + e₁∘e₂∘e₁ + e₂∘e₁∘e₁: rank 3, border rank 2. */
const w = tensor([
  [
    [0, 1],
    [1, 0],
  ],
  [
    [1, 0],
    [0, 0],
  ],
]);

describe('degeneracy', () => {
  test.each([0, 1, 2, 3, 4])('W has no best rank-2 fit, whatever the start (key %d)', (seed) => {
    const found = cpAls(w, 2, { key: key(seed) });
    expectSound(found);
    expect(found.status).toBe('degenerate');
    expect(found.degeneracy.cosine).toBeLessThan(-0.95);
    expect(found.degeneracy.components).toEqual([0, 1]);
    expect(found.degeneracy.growth).toBeGreaterThan(1);
    expect(found.relativeError).toBeLessThan(0.005);
  });

  test('W from singular vectors, which a sweep maps to themselves', () => {
    const found = cpAls(w, 2, { init: 'svd' });
    expectSound(found);
    expect(found.status).toBe('degenerate');
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
    let rank3 = 0;
    for (let seed = 0; seed < 60; seed++) {
      const values = normal(key(1000 + seed), 8);
      const found = cpAls(tensor(values, [2, 2, 2]), 2);
      const expected = hyperdeterminant(Array.from(values)) < 0;
      rank3 += Number(expected);
      expect([seed, found.status === 'degenerate']).toEqual([seed, expected]);
    }
    expect(rank3).toBeGreaterThan(5);
  });

  test('a ridge bounds the components of W', () => {
    const found = cpAls(w, 2, { ridge: 1e-2 });
    expect(found.status).toBe('converged');
    expect(found.gradientNorm).toBeLessThan(1e-4);
  });
});

describe('isDiverging', () => {
  const evidence = { cosine: -0.99, components: [0, 1] as const };

  test.each([
    ['a fourth root of the sweeps', 2 ** 0.25, (4 / 3) ** 0.25, true],
    ['linear and slow, from a far start', 1.0002, 1.0001, true],
    ['a limit that is being approached', 1.1, 1.001, false],
    ['rounding', 1 + 1e-9, 1 + 6e-10, false],
    ['falling', 0.9, 0.99, false],
  ])('%s', (_name, growth, recentGrowth, expected) => {
    expect(isDiverging({ ...evidence, growth, recentGrowth })).toBe(expected);
    expect(isDiverging({ ...evidence, cosine: -0.94, growth, recentGrowth })).toBe(false);
  });
});

describe('collinear components', () => {
  test.each([
    [0.5, 1e-12],
    [0.9, 1e-9],
  ])('cosine %d in every mode: slow but right', (collinearity, error) => {
    const { tensor: x, solution } = createProblem({ shape: [8, 9, 10], rank: 3, collinearity, key: key(1) });
    const found = cpAls(x, 3, { maxIterations: 5000 });
    expect(found.relativeError).toBeLessThan(error);
    expect(factorMatchScore(found, solution).score).toBeGreaterThan(1 - 1e-6);
    expect(found.status).toBe('converged');
  });

  test('cosine 0.999: not there after all sweeps, and said so', () => {
    const { tensor: x } = createProblem({ shape: [8, 9, 10], rank: 3, collinearity: 0.999, key: key(1) });
    const found = cpAls(x, 3, { maxIterations: 500 });
    expect(found.status).toBe('max-iterations');
    expect(found.relativeError).toBeGreaterThan(1e-6);
  });
});

describe.each(inits)('small and degenerate input, init %s', (init) => {
  test.each([1, 2, 7])('zeros at rank %d: error 0, weights 0, unit columns', (rank) => {
    const found = cpAls(zeros([3, 4, 5]), rank, { init });
    expectSound(found);
    expect([found.relativeError, found.status, found.gradientNorm]).toEqual([0, 'converged', 0]);
    expect(found.weights.toArray()).toEqual(new Array(rank).fill(0));
    for (const factor of found.factors) expectClose([norm(factor) ** 2], [rank], { factor: 32 });
  });

  test.each([1, 2, 5])('a constant at rank %d', (rank) => {
    const x = full([3, 3, 3], 7);
    const found = cpAls(x, rank, { init });
    expectSound(found);
    expect(found.relativeError).toBeLessThan(1e-14);
    expectClose(cpToTensor(found).toTypedArray(), x.toTypedArray(), { factor: 100 });
  });

  test.each([
    [[1], 1],
    [[1, 1, 1], 3],
    [[4], 1],
    [[4], 3],
    [[2, 1, 3], 2],
    [[1, 5, 1, 2], 2],
    [[2, 2], 2],
    [[2, 3], 5],
    [[2, 3, 4], 6],
    [[2, 3, 4], 30],
    [[2, 2, 2, 2, 2], 16],
  ])('shape %j at rank %d, no less than any tensor of the shape needs: fitted exactly', (shape, rank) => {
    const found = cpAls(irregular(shape, 5), rank, { init });
    expectSound(found);
    expect(found.relativeError).toBeLessThan(1e-10);
  });

  test('order 2 is the truncated singular value decomposition', () => {
    const u = matmul(irregular([6, 2], 1), irregular([2, 5], 2));
    const x = add(u, mul(irregular([6, 5], 3), 0.05));
    const found = cpAls(x, 2, { init });
    // Eckart & Young: what is left is orthogonal to the fit in both modes.
    const rest = sub(x, cpToTensor(found));
    const fitted = cpToTensor(found);
    expect(found.status).toBe('converged');
    expectClose(matmul(rest, transpose(fitted)).toTypedArray(), new Array(36).fill(0), { factor: 1e8, scale: norm(x) });
  });

  test.each([1e150, 1e-150, 1e-310])('data of size %d', (scale) => {
    const { tensor: x, solution } = createProblem({ shape: [4, 5, 6], rank: 2, collinearity: 0.3, key: key(1) });
    const found = cpAls(mul(x, scale), 2, { init });
    expectSound(found);
    // Subnormal numbers have lost digits before they arrive here.
    const digits = scale > 1e-300 ? 1e-13 : 1e-10;
    expect(found.relativeError).toBeLessThan(digits);
    expect(factorMatchScore(found, { ...solution, weights: mul(solution.weights, scale) }).score).toBeGreaterThan(
      1 - 1e-9,
    );
  });

  test('a rank above that of the data: still exact, still finite', () => {
    const { tensor: x } = createProblem({ shape: [5, 5, 5], rank: 2, collinearity: 0.3, key: key(1) });
    const found = cpAls(x, 4, { init });
    expectSound(found);
    expect(found.relativeError).toBeLessThan(1e-6);
  });

  test('an outlier of 1e12 beside numbers of size 1', () => {
    const values = Float64Array.from(irregular([3, 4, 2], 1).toTypedArray());
    values[5] = 1e12;
    const found = cpAls(tensor(values, [3, 4, 2]), 2, { init });
    expectSound(found);
    expect(found.relativeError).toBeLessThan(1e-11);
  });
});

describe('starts that repeat a component', () => {
  const { tensor: x } = createProblem({ shape: [4, 5, 6], rank: 2, collinearity: 0.3, key: key(3) });
  const repeated = (values: Tensor): Tensor => matmul(values, tensor([[1, 1]]));

  test('twice the same: least squares of least norm, never NaN', () => {
    const init: CpTensor = {
      weights: ones([2]),
      factors: x.shape.map((n, m) => repeated(irregular([n, 1], m + 1))),
    };
    const found = cpAls(x, 2, { init });
    expectSound(found);
    // Two equal components stay equal: the fit is that of rank 1, half of it each.
    const one = cpAls(x, 1, { init: { weights: ones([1]), factors: x.shape.map((n, m) => irregular([n, 1], m + 1)) } });
    expectClose([found.relativeError], [one.relativeError], { factor: 1e8 });
  });

  test('all zero: some directions are drawn, and a fit is found', () => {
    const init: CpTensor = { weights: zeros([2]), factors: x.shape.map((n) => zeros([n, 2])) };
    const found = cpAls(x, 2, { init });
    expectSound(found);
    expect(found.relativeError).toBeLessThan(1e-6);
  });

  test('far beyond the data: a large error, not an infinite one', () => {
    const found = cpAls(mul(x, 1e-310), 2, { maxIterations: 0 });
    expectSound(found);
    expect(found.relativeError).toBeGreaterThan(1e100);
  });

  test.prop([fc.constantFrom(1e200, 1e-200, 1e300, 1e-300)])('columns of norm %d', (scale) => {
    const start = { weights: ones([2]), factors: x.shape.map((n, m) => irregular([n, 2], m + 1)) };
    const scaled = { ...start, factors: start.factors.map((f, m) => (m === 1 ? mul(f, scale) : f)) };
    const [a, b] = [start, scaled].map((init) => cpAls(x, 2, { init, maxIterations: 3 }));
    expectSound(b);
    expectClose(b.trace, a.trace, { factor: 1e4 });
  });
});
