import { test } from '@fast-check/vitest';
import { full, mul, ones, sum, type Tensor, tensor, zeros } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { type CpResult, cp, cpToTensor, createProblem, factorMatchScore } from '../src/index.js';
import { fixture, fixturesArePresent } from './fixture.js';
import { irregular } from './irregular.js';

const norm = (x: Tensor): number => Math.sqrt(sum(mul(x, x)).item());

function expectSound(found: CpResult): void {
  for (const part of [found.weights, ...found.factors]) {
    for (const v of part.toTypedArray()) expect(Number.isFinite(v)).toBe(true);
  }
  const { relativeError, gradientNorm, degeneracy, trace } = found;
  for (const v of [relativeError, gradientNorm, degeneracy.cosine, degeneracy.growth, ...trace]) {
    expect(Number.isFinite(v)).toBe(true);
  }
}

describe('collinear components come out to rounding', () => {
  test.each([
    [[8, 9, 10], 3],
    [[20, 15, 10], 3],
    [[5, 6, 7], 4],
    [[6, 6, 6, 6], 3],
    [[4, 4, 4], 2],
    [[30, 20, 10], 5],
  ])('%j rank %d, cosines 0.9, 0.99, 0.999, several keys', (shape, rank) => {
    for (const collinearity of [0.9, 0.99, 0.999]) {
      for (const seed of [0, 1, 2]) {
        const { tensor: x, solution } = createProblem({ shape, rank, collinearity, key: key(seed) });
        for (const starts of ['auto', ['random']] as const) {
          const found = cp(x, rank, { starts, key: key(seed) });
          expect([collinearity, seed, starts, found.status]).toEqual([collinearity, seed, starts, 'converged']);
          expect(found.relativeError).toBeLessThan(1e-10);
          expect(factorMatchScore(found, solution).score).toBeGreaterThan(1 - 1e-5);
        }
      }
    }
  });
});

describe('border rank', () => {
  const w = tensor([0, 1, 1, 0, 1, 0, 0, 0], [2, 2, 2]);

  test.each([0, 1, 2, 3])('W at rank 2: degenerate, growing, never NaN (key %d)', (seed) => {
    for (const starts of ['auto', ['random'], ['svd'], ['gevd']] as const) {
      const found = cp(w, 2, { key: key(seed), starts });
      expectSound(found);
      expect([starts, found.status]).toEqual([starts, 'degenerate']);
      expect(found.degeneracy.cosine).toBeLessThan(-0.95);
      expect(found.relativeError).toBeLessThan(1e-3);
    }
  });

  test('W in a larger tensor, where it is compressed first', () => {
    const factors = [9, 8, 7].map((n, m) => irregular([n, 2], m + 1));
    const at = factors.map((f) => f.toArray() as number[][]);
    const values = new Float64Array(9 * 8 * 7).map((_, q) => {
      const [i, j, k] = [Math.floor(q / 56), Math.floor(q / 7) % 8, q % 7];
      const [a, b, c] = [at[0][i], at[1][j], at[2][k]];
      return a[0] * b[0] * c[1] + a[0] * b[1] * c[0] + a[1] * b[0] * c[0];
    });
    const found = cp(tensor(values, [9, 8, 7]), 2);
    expectSound(found);
    expect(found.status).toBe('degenerate');
    const three = cp(tensor(values, [9, 8, 7]), 3);
    expect(three.relativeError).toBeLessThan(1e-10);
  });

  test('n·(e₁ + e₂/n)³ - n·e₁³ has rank 2 and is found', () => {
    for (const n of [3, 30, 300]) {
      const a = tensor([
        [1, 1],
        [1 / n, 0],
      ]);
      const family = cpToTensor({ weights: tensor([n, -n]), factors: [a, a, a] });
      const found = cp(family, 2);
      expectSound(found);
      expect([n, found.status]).toEqual([n, 'converged']);
      expect(found.relativeError).toBeLessThan(1e-13 * n);
    }
  });

  test('a ridge bounds the components of W', () => {
    const found = cp(w, 2, { ridge: 1e-2 });
    expect(found.status).toBe('converged');
    expect(found.weights.toTypedArray()[0]).toBeLessThan(10);
  });
});

describe('small and degenerate input', () => {
  test.each([
    [[3, 4, 5], 1],
    [[3, 4, 5], 7],
    [[4], 3],
    [[1, 1, 1], 2],
    [[20, 20, 20], 2],
  ])('zeros %j at rank %d', (shape, rank) => {
    const found = cp(zeros(shape), rank);
    expectSound(found);
    expect([found.relativeError, found.status, found.gradientNorm]).toEqual([0, 'converged', 0]);
    expect(found.weights.toArray()).toEqual(new Array(rank).fill(0));
  });

  test.each([
    [[3, 3, 3], 1],
    [[3, 3, 3], 5],
    [[20, 20, 20], 1],
    [[20, 20, 20], 3],
    [[50, 4], 2],
  ])('a constant %j at rank %d', (shape, rank) => {
    const x = full(shape, 7);
    const found = cp(x, rank);
    expectSound(found);
    expect(found.relativeError).toBeLessThan(1e-10);
    expectClose(cpToTensor(found).toTypedArray(), x.toTypedArray(), { factor: 1e7 });
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
    [[30, 1, 1], 1],
  ])('shape %j at rank %d is fitted exactly', (shape, rank) => {
    const found = cp(irregular(shape, 5), rank);
    expectSound(found);
    expect(found.relativeError).toBeLessThan(1e-10);
  });

  test('a rank above that of the data', () => {
    const { tensor: x } = createProblem({ shape: [9, 8, 7], rank: 2, key: key(1) });
    const found = cp(x, 4);
    expectSound(found);
    expect(found.relativeError).toBeLessThan(1e-10);
  });

  test('a duplicated component', () => {
    const factors = [9, 8, 7].map((n, m) => {
      const values = irregular([n, 2], m + 1).toArray() as number[][];
      return tensor(values.map(([a, b]) => [a, b, b]));
    });
    const x = cpToTensor({ weights: ones([3]), factors });
    const found = cp(x, 3);
    expectSound(found);
    expect(found.relativeError).toBeLessThan(1e-10);
    // The repeated component as a start of its own.
    const started = cp(x, 3, { init: { weights: ones([3]), factors } });
    expect(started.relativeError).toBeLessThan(1e-14);
  });

  test.each([1e150, 1e-150, 1e-310])('data of size %d', (scale) => {
    for (const shape of [
      [4, 5, 6],
      [20, 15, 12],
    ]) {
      const { tensor: x, solution } = createProblem({ shape, rank: 2, collinearity: 0.9, key: key(1) });
      const found = cp(mul(x, scale), 2);
      expectSound(found);
      expect(found.relativeError).toBeLessThan(scale > 1e-300 ? 1e-13 : 1e-10);
      const scaled = { ...solution, weights: mul(solution.weights, scale) };
      expect(factorMatchScore(found, scaled).score).toBeGreaterThan(1 - 1e-8);
    }
  });

  test('order 2 is the truncated singular value decomposition', () => {
    const u = createProblem({ shape: [40, 30], rank: 3, noise: 0.1, key: key(4) }).tensor;
    const [one, two] = [cp(u, 3), cp(u, 3, { compress: false })];
    expectClose([one.relativeError], [two.relativeError], { factor: 1e-8 / 2 ** -52 });
    expect(norm(cpToTensor(one))).toBeLessThan(norm(u));
  });
});

describe.skipIf(!fixturesArePresent)('oracle fixtures', () => {
  test.each(['cp_collinear_090', 'cp_collinear_0999'])('%s', (name) => {
    const f = fixture(name);
    const truth = { weights: ones([3]), factors: f.tensors('expect.unit_factors') };
    for (const starts of ['auto', ['random'], ['svd']] as const) {
      const found = cp(f.tensor('inputs.X'), 3, { starts });
      expect(found.relativeError).toBeLessThan(1e-13);
      expect(factorMatchScore(found, truth).score).toBeGreaterThan(1 - 1e-6);
    }
  });

  test('cp_noisy_optimum, cp_border_rank_W, cp_exact_rank3', () => {
    const noisy = fixture('cp_noisy_optimum');
    expectClose([cp(noisy.tensor('inputs.X'), 3).relativeError], [noisy.number('expect.best_relative_error')], {
      factor: 1e-7 / 2 ** -52,
    });
    const w = fixture('cp_border_rank_W');
    expect(cp(w.tensor('inputs.X'), 2).status).toBe('degenerate');
    expect(cp(w.tensor('inputs.X'), 3).relativeError).toBeLessThan(1e-13);
    const best = w.number('expect.best_rank1_relative_error');
    expectClose([cp(w.tensor('inputs.X'), 1).relativeError], [best], { factor: 1e-9 / 2 ** -52 });
    const exact = cp(fixture('cp_exact_rank3').tensor('inputs.X'), 3);
    expect(exact.relativeError).toBeLessThan(1e-14);
    expect(exact.relativeError).toBeGreaterThan(0);
  });
});
