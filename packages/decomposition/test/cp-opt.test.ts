import { fc, test } from '@fast-check/vitest';
import {
  add,
  astype,
  full,
  maximum,
  mul,
  ones,
  sub,
  sum,
  type Tensor,
  tensor,
  transpose,
  valueAndGrad,
  zeros,
} from '@neuronseek/tensor';
import { mttkrpSweep } from '@neuronseek/tensor/kernels';
import { key, normal } from '@neuronseek/tensor/random';
import { checkMonotone, expectClose, expectSameBits, toleranceEpsilon } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { leastSquares } from '../src/cp/opt/objective.js';
import { parametersOf, vectorOf } from '../src/cp/opt/parameters.js';
import {
  type CpOptResult,
  type CpTensor,
  cpAls,
  cpNonnegative,
  cpOpt,
  cpToTensor,
  createProblem,
  factorMatchScore,
} from '../src/index.js';
import { type TensorAndFactors, tensorAndFactors } from './arbitraries.js';
import { irregular } from './irregular.js';

const methods = ['lbfgs', 'cg'] as const;
const norm = (x: Tensor): number => Math.sqrt(sum(mul(x, x)).item());
const numbers = (x: Tensor): Float64Array => Float64Array.from(x.toTypedArray());
const residualOf = (x: Tensor, cp: CpTensor): number => norm(sub(x, cpToTensor(cp))) / norm(x);

function expectSound(found: CpOptResult): void {
  const { relativeError, gradientNorm, degeneracy, trace } = found;
  const all = [found.weights, ...found.factors].flatMap((part) => Array.from(part.toTypedArray()));
  for (const v of [...all, relativeError, gradientNorm, degeneracy.cosine, degeneracy.growth, ...trace]) {
    expect(Number.isFinite(v)).toBe(true);
  }
}

describe('value and gradient', () => {
  /** The objective for data as they are, and what it says at the factors. */
  const evaluate = (x: Tensor, factors: readonly Tensor[], free: readonly boolean[], ridge: Float64Array) => {
    const rank = factors[0].shape[1];
    const elements = numbers(x);
    const data = { shape: x.shape, elements, norm: 1, squares: elements.reduce((s, v) => s + v * v, 0) };
    const parameters = parametersOf(factors.map(numbers), rank, free);
    const problem = leastSquares(data, mttkrpSweep(elements, x.shape, rank), parameters, ridge);
    const gradient = new Float64Array(parameters.size).fill(Number.NaN);
    const value = problem.objective(vectorOf(parameters), gradient);
    problem.release();
    return { value, gradient };
  };

  /** The same by the tensor package's derivatives. */
  const byAutodiff = (x: Tensor, factors: readonly Tensor[], free: readonly boolean[], ridge: Float64Array) => {
    const loss = valueAndGrad((as: Tensor[]): Tensor => {
      const rest = sub(cpToTensor({ weights: ones([ridge.length]), factors: as }), x);
      const penalties = as.filter((_, n) => free[n]).map((a) => sum(mul(mul(a, a), tensor(ridge))));
      return [mul(rest, rest), ...penalties].map((t) => mul(0.5, sum(t))).reduce((total, part) => add(total, part));
    });
    const { value, grad } = loss([...factors]);
    return { value: value.item(), gradient: grad.flatMap((g, n) => (free[n] ? Array.from(numbers(g)) : [])) };
  };

  const problems: fc.Arbitrary<TensorAndFactors> = tensorAndFactors({ maxOrder: 4 });

  test.prop([problems, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 })], { numRuns: 60 })(
    'are those of autodiff, to rounding, in any free modes and under a ridge',
    ({ x, factors }, marks) => {
      const rank = factors[0].shape[1];
      const free = factors.map((_, n) => marks[n] || n === 0);
      const ridge = Float64Array.from({ length: rank }, (_, r) => 0.3 * r + 0.1);
      const found = evaluate(x, factors, free, ridge);
      const expected = byAutodiff(x, factors, free, ridge);
      // Terms of the sums are at most the product of norms of the model's parts.
      const size = factors.reduce((product, a) => product * (1 + norm(a)), 1) + norm(x);
      expectClose([found.value], [expected.value], { factor: 256, scale: size * size });
      expectClose(found.gradient, expected.gradient, { factor: 256, scale: size * size });
    },
  );

  test.prop([problems], { numRuns: 40 })(
    'near an exact fit they are good to rounding of the residual',
    ({ factors }) => {
      const rank = factors[0].shape[1];
      const free = factors.map(() => true);
      const exact = cpToTensor({ weights: ones([rank]), factors });
      const small = mul(1e-9, irregular(exact.shape, 3));
      const x = sub(exact, small);
      const found = evaluate(x, factors, free, new Float64Array(rank));
      const expected = byAutodiff(x, factors, free, new Float64Array(rank));
      const size = factors.reduce((product, a) => product * (1 + norm(a)), 1);
      // Residuals of about 1e-9 are known to eps·size each, whose square the value is.
      expectClose([found.value], [expected.value], { factor: 256, scale: 1e-9 * size * x.size + size * size * 1e-16 });
      expectClose(found.gradient, expected.gradient, { factor: 256, scale: size * size });
      if (norm(exact) > 1) expect(found.value).toBeGreaterThan(1e-20 * x.size);
    },
  );
});

describe.each(methods)('method %s', (method) => {
  test('noise of a tenth: the optimum of ALS, a monotone trace, no gradient left', () => {
    const { tensor: x, solution } = createProblem({ shape: [8, 9, 10], rank: 3, noise: 0.1, key: key(1) });
    const als = cpAls(x, 3, { tolerance: 1e-12 });
    for (const init of ['random', 'svd'] as const) {
      const found = cpOpt(x, 3, { method, init, tolerance: 1e-12 });
      expect(found.status).toBe('converged');
      expectClose([found.relativeError], [als.relativeError], { factor: 1e-10 / toleranceEpsilon });
      expect(found.gradientNorm).toBeLessThan(1e-6);
      checkMonotone(found.trace, { factor: 1e4 });
      expectClose([found.relativeError], [found.trace.at(-1) ?? 0], { factor: 1e4 });
      expectClose([found.relativeError], [residualOf(x, found)], { factor: 100 });
      expect(factorMatchScore(found, als).score).toBeGreaterThan(1 - 1e-6);
      expect(factorMatchScore(found, solution).score).toBeGreaterThan(0.98);
      expect(found.evaluations).toBeGreaterThan(found.iterations);
    }
  });

  test.each([0.5, 0.9])('exact data with cosine %d in every mode: to rounding', (collinearity) => {
    const { tensor: x, solution } = createProblem({ shape: [8, 9, 10], rank: 3, collinearity, key: key(1) });
    const found = cpOpt(x, 3, { method });
    expect(found.status).toBe('converged');
    expect(found.relativeError).toBeLessThan(1e-13);
    expect(factorMatchScore(found, solution).score).toBeGreaterThan(1 - 1e-10);
  });

  test('an error of 1e-8 is never reported as 0', () => {
    const { tensor: x } = createProblem({ shape: [5, 6, 4], rank: 2, noise: 1e-8, key: key(5) });
    const found = cpOpt(x, 2, { method, init: 'svd' });
    expectClose([found.relativeError], [residualOf(x, found)], { factor: 1e-6 / toleranceEpsilon });
    expect(found.relativeError).toBeGreaterThan(1e-9);
    expect(found.relativeError).toBeLessThan(1e-8);
    expect(Math.min(...found.trace)).toBeGreaterThan(1e-9);
  });

  test('[[29, 39], [63, 85]] at rank 2 is fitted exactly (peer case 26)', () => {
    const x = tensor([
      [29, 39],
      [63, 85],
    ]);
    for (const seed of [0, 1, 2]) expect(cpOpt(x, 2, { method, key: key(seed) }).relativeError).toBeLessThan(1e-14);
  });

  test('zeros are fitted exactly at once (peer case 27)', () => {
    for (const init of ['random', 'svd'] as const) {
      const found = cpOpt(zeros([3, 4, 2]), 2, { method, init });
      expectSound(found);
      expect([found.relativeError, found.status, found.iterations]).toEqual([0, 'converged', 0]);
      expect(norm(cpToTensor(found))).toBe(0);
    }
  });

  test.each([
    ['constants at rank 2', full([3, 4, 5], 7), 2, 1e-13],
    ['a scale of 1e-150', full([3, 4, 5], 1e-150), 2, 1e-13],
    ['a scale of 1e150', full([3, 4, 5], 1e150), 2, 1e-13],
    ['order 1', irregular([6], 1), 3, 1e-13],
    ['order 2 at full rank', irregular([3, 4], 1), 3, 1e-13],
    ['modes of size 1', irregular([1, 4, 1, 3], 1), 3, 1e-13],
    ['all sizes 1', irregular([1, 1, 1], 1), 2, 1e-13],
    ['a rank above every size', irregular([3, 2, 2], 1), 6, 1e-12],
  ])('%s', (_name, x, rank, bound) => {
    const found = cpOpt(x, rank, { method });
    expectSound(found);
    expect(found.relativeError).toBeLessThan(bound);
    expect(found.status).toBe('converged');
  });

  test('the scale of the data makes no difference to the bits, where it is a power of two', () => {
    const x = irregular([4, 3, 5], 2);
    const a = cpOpt(x, 2, { method, maxIterations: 30 });
    const b = cpOpt(mul(2 ** -200, x), 2, { method, maxIterations: 30 });
    expectSameBits(a.trace, b.trace);
    a.factors.forEach((factor, n) => {
      expectSameBits(factor.toTypedArray(), b.factors[n].toTypedArray());
    });
    expectSameBits(cpOpt(x, 2, { method, maxIterations: 30 }).trace, a.trace);
  });

  test('permuted modes give permuted factors', () => {
    const { tensor: x } = createProblem({ shape: [4, 5, 6], rank: 2, noise: 0.1, key: key(9) });
    const a = cpOpt(x, 2, { method, tolerance: 1e-13 });
    const b = cpOpt(transpose(x, [2, 0, 1]), 2, { method, tolerance: 1e-13 });
    const back = { weights: b.weights, factors: [b.factors[1], b.factors[2], b.factors[0]] };
    expect(factorMatchScore(a, back).score).toBeGreaterThan(1 - 1e-8);
  });

  test.each([0, 1, 2])('W has no best rank-2 fit (key %d)', (seed) => {
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
    const found = cpOpt(w, 2, { method, key: key(seed) });
    expectSound(found);
    expect(found.status).toBe('degenerate');
    expect(found.degeneracy.cosine).toBeLessThan(-0.95);
    expect(found.degeneracy.growth).toBeGreaterThan(1);
    const bounded = cpOpt(w, 2, { method, key: key(seed), ridge: 1e-2 });
    expect(bounded.status).toBe('converged');
  });

  test('a ridge gives the optimum that ALS finds', () => {
    const { tensor: x } = createProblem({ shape: [5, 4, 6], rank: 2, noise: 0.2, key: key(3) });
    for (const ridge of [0.1, 3]) {
      const found = cpOpt(x, 2, { method, ridge, tolerance: 1e-13 });
      // From where it is, because a start at random may lose a component for good.
      const als = cpAls(x, 2, { init: found, ridge, tolerance: 1e-13 });
      expectClose([found.relativeError], [als.relativeError], { factor: 1e-6 / toleranceEpsilon });
      expect(norm(sub(cpToTensor(found), cpToTensor(als)))).toBeLessThan(1e-5 * norm(x));
      expectClose([found.trace.at(-1) ?? 0], [found.relativeError], { factor: 1e4 });
    }
  });

  test('a ridge counts for the modes that are free, in the units of the data', () => {
    // With unit columns in the fixed modes the free one is a ridge regression: A(G + ridge·I) = M.
    const { tensor: x, solution } = createProblem({ shape: [5, 4, 6], rank: 1, noise: 0.2, key: key(3) });
    const init = {
      weights: tensor([2]),
      factors: [solution.factors[0], mul(3, solution.factors[1]), solution.factors[2]],
    };
    const found = cpOpt(x, 1, { method, init, fixedModes: [1, 2], ridge: 0.7, tolerance: 1e-14 });
    const als = cpAls(x, 1, { init, fixedModes: [1, 2], ridge: 0.7, tolerance: 1e-14 });
    expect(norm(sub(cpToTensor(found), cpToTensor(als)))).toBeLessThan(1e-6 * norm(x));
  });
});

describe('init and fixed modes', () => {
  const x = irregular([4, 3, 5], 2);
  const start: CpTensor = {
    weights: tensor([2, -3]),
    factors: [irregular([4, 2], 1), irregular([3, 2], 2), irregular([5, 2], 3)],
  };

  test('without iterations the start comes back with its error, weights included', () => {
    const found = cpOpt(x, 2, { init: start, maxIterations: 0 });
    expect(found.weights).toBe(start.weights);
    expect(found.factors).toEqual(start.factors);
    expect([found.status, found.iterations, found.trace]).toEqual(['max-iterations', 0, []]);
    expectClose([found.relativeError], [residualOf(x, start)], { factor: 100 });
  });

  test('the first iteration starts from the given tensor, and does not write to it', () => {
    const before = [start.weights, ...start.factors].map((part) => part.toArray());
    const found = cpOpt(x, 2, { init: start, maxIterations: 1 });
    expect(found.trace[0]).toBeLessThan(residualOf(x, start));
    cpOpt(x, 2, { init: start, maxIterations: 5, fixedModes: [1], ridge: 0.1, lower: -2, upper: 2 });
    expect([start.weights, ...start.factors].map((part) => part.toArray())).toEqual(before);
  });

  test('parameters passed back give the same fit at once (peer case 29)', () => {
    const { tensor: noisy } = createProblem({ shape: [4, 5, 6], rank: 2, noise: 0.1, key: key(9) });
    const found = cpOpt(noisy, 2, { tolerance: 1e-13 });
    const again = cpOpt(noisy, 2, { init: found, tolerance: 1e-6 });
    expect(again.iterations).toBeLessThan(5);
    expectClose([again.relativeError], [found.relativeError], { factor: 1e-10 / toleranceEpsilon });
  });

  const subsets = fc.subarray([0, 1, 2], { minLength: 1, maxLength: 2 });

  test.prop([subsets], { numRuns: 7 })('fixed modes keep their factors, the last one’s included', (fixedModes) => {
    const found = cpOpt(x, 2, { init: start, fixedModes });
    for (const mode of fixedModes) expect(found.factors[mode]).toBe(start.factors[mode]);
    expectClose([found.relativeError], [residualOf(x, found)], { factor: 1000 });
    const als = cpAls(x, 2, { init: start, fixedModes, tolerance: 1e-12 });
    if (fixedModes.length === 2)
      expectClose([found.relativeError], [als.relativeError], { factor: 1e-6 / toleranceEpsilon });
    else expect(found.relativeError).toBeLessThan(residualOf(x, start));
  });

  test('all modes fixed: the start, converged', () => {
    const found = cpOpt(x, 2, { init: start, fixedModes: [0, 1, 2], lower: 0 });
    expect([found.status, found.iterations, found.weights]).toEqual(['converged', 0, start.weights]);
    expectClose([found.relativeError], [residualOf(x, start)], { factor: 100 });
  });

  test('float32 and strided views are read as what they say', () => {
    const single = astype(x, 'float32');
    const options = { init: start, maxIterations: 5 };
    expectSameBits(cpOpt(single, 2, options).trace, cpOpt(astype(single, 'float64'), 2, options).trace);
    const turned = transpose(tensor(transpose(x).toArray()));
    expectSameBits(cpOpt(turned, 2, options).trace, cpOpt(x, 2, options).trace);
  });

  test('progress, abort and tolerance 0', () => {
    const seen: number[] = [];
    const controller = new AbortController();
    const found = cpOpt(x, 2, {
      init: start,
      tolerance: 0,
      signal: controller.signal,
      onProgress: ({ iteration, relativeError }) => {
        seen.push(relativeError);
        if (iteration === 4) controller.abort();
      },
    });
    expect([found.status, found.iterations, found.trace]).toEqual(['aborted', 4, seen]);
    expectSameBits(cpOpt(x, 2, { init: start, maxIterations: 4 }).weights.toTypedArray(), found.weights.toTypedArray());
    expect(cpOpt(x, 2, { tolerance: 0, maxIterations: 25 }).iterations).toBe(25);
    const early = cpOpt(x, 2, { init: start, signal: AbortSignal.abort() });
    expect([early.status, early.weights]).toEqual(['aborted', start.weights]);
  });
});

describe('bounds', () => {
  test('lower 0: nonnegative, normalised, and as good as accelerated HALS', () => {
    const { solution } = createProblem({ shape: [6, 5, 7], rank: 3, key: key(2) });
    const sharp = solution.factors.map((factor) => maximum(factor, 0));
    const x = add(cpToTensor({ weights: ones([3]), factors: sharp }), mul(0.01, irregular([6, 5, 7], 1)));
    const found = cpOpt(x, 3, { lower: 0, tolerance: 1e-11 });
    const hals = cpNonnegative(x, 3, { tolerance: 1e-11, maxIterations: 5000 });
    for (const factor of found.factors) for (const v of factor.toTypedArray()) expect(v).toBeGreaterThanOrEqual(0);
    expect(found.status).toBe('converged');
    expect(found.gradientNorm).toBeLessThan(1e-5);
    expectClose([found.relativeError], [hals.relativeError], { factor: 1e-5 / toleranceEpsilon });
    expectClose([norm(found.factors[0]) ** 2], [3], { factor: 32 });
    checkMonotone(found.trace, { factor: 1e4 });
  });

  test('data below 0 under lower 0: the best is zero', () => {
    const found = cpOpt(full([3, 2, 4], -1), 2, { lower: 0 });
    expectSound(found);
    expectClose([found.relativeError], [1], { factor: 1e7 });
  });

  test('other bounds hold for the factors as they are returned, in units of the data, with weights of 1', () => {
    const x = mul(50, irregular([4, 3, 5], 2));
    for (const [lower, upper] of [
      [-1, 1.5],
      [0.5, 2],
      [0, 3],
    ]) {
      const found = cpOpt(x, 3, { lower, upper, tolerance: 1e-12 });
      expect(found.weights.toArray()).toEqual([1, 1, 1]);
      const entries = found.factors.flatMap((factor) => Array.from(factor.toTypedArray()));
      for (const v of entries) expect(v >= lower && v <= upper).toBe(true);
      expect(entries.includes(lower) && entries.includes(upper)).toBe(true);
      expectClose([found.relativeError], [residualOf(x, found)], { factor: 100 });
      expect(found.gradientNorm).toBeLessThan(1e-5);
    }
  });

  test('bounds that do not bind change nothing but the form', () => {
    const { tensor: x } = createProblem({ shape: [5, 4, 6], rank: 2, noise: 0.1, key: key(3) });
    const options = { tolerance: 1e-13 };
    const plain = cpOpt(x, 2, options);
    const wide = cpOpt(x, 2, { ...options, lower: -1e6, upper: 1e6 });
    expectClose([wide.relativeError], [plain.relativeError], { factor: 1e-10 / toleranceEpsilon });
    expect(wide.weights.toArray()).toEqual([1, 1]);
  });

  test('a start outside is moved inside, also where no iteration follows', () => {
    const init = { weights: tensor([1]), factors: [full([2, 1], 5), full([3, 1], -4)] };
    const found = cpOpt(ones([2, 3]), 1, { init, lower: -1, upper: 2, maxIterations: 0 });
    expectClose(found.factors[0].toTypedArray(), [2, 2], { factor: 4 });
    expectClose(found.factors[1].toTypedArray(), [-1, -1, -1], { factor: 4 });
    expectClose([found.relativeError], [3], { factor: 16 });
  });
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
  for (let seed = 0; seed < 30; seed++) {
    const values = normal(key(1000 + seed), 8);
    const found = cpOpt(tensor(values, [2, 2, 2]), 2);
    const expected = hyperdeterminant(Array.from(values)) < 0;
    rank3 += Number(expected);
    expect([seed, found.status === 'degenerate']).toEqual([seed, expected]);
  }
  expect(rank3).toBeGreaterThan(2);
});
