import { fc, test } from '@fast-check/vitest';
import {
  add,
  astype,
  full,
  mul,
  ones,
  sqrt,
  sub,
  sum,
  type Tensor,
  tensor,
  transpose,
  valueAndGrad,
  zeros,
} from '@neuronseek/tensor';
import { key, uniform } from '@neuronseek/tensor/random';
import { checkMonotone, expectClose, expectSameBits, toleranceEpsilon } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { parametersOf, vectorOf } from '../src/cp/opt/parameters.js';
import { weightedNormal } from '../src/cp/weighted/dense-normal.js';
import { weightedLeastSquares } from '../src/cp/weighted/objective.js';
import { separableStep } from '../src/cp/weighted/separable-step.js';
import { weightedData } from '../src/cp/weighted/weighted-data.js';
import {
  type CpTensor,
  type CpWeightedResult,
  cpAls,
  cpToTensor,
  cpWeighted,
  createProblem,
  factorMatchScore,
} from '../src/index.js';
import { tensorAndFactors, tensorOf } from './arbitraries.js';
import { irregular } from './irregular.js';

const norm = (x: Tensor): number => Math.sqrt(sum(mul(x, x)).item());
const numbers = (x: Tensor): Float64Array => Float64Array.from(x.toTypedArray());
const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** ‖√w∘(x - model)‖ / ‖√w∘x‖ */
const residualOf = (x: Tensor, w: Tensor, cp: CpTensor): number =>
  norm(mul(sqrt(w), sub(x, cpToTensor(cp)))) / norm(mul(sqrt(w), x));

/** Zeros and ones, of which a share of about `missing` is 0. */
function mask(shape: readonly number[], missing: number, seed: number): Tensor {
  return tensor(
    uniform(key(seed), sizeOf(shape)).map((u) => (u < missing ? 0 : 1)),
    shape,
  );
}

/** x with something else where w is 0. */
function withJunk(x: Tensor, w: Tensor, junk: number): Tensor {
  const at = w.toTypedArray();
  return tensor(
    numbers(x).map((v, q) => (Number(at[q]) === 0 ? junk : v)),
    x.shape,
  );
}

function bitsOf({ weights, factors, trace, relativeError, gradientNorm }: CpWeightedResult): number[] {
  const parts = [weights, ...factors].flatMap((part) => Array.from(part.toTypedArray()));
  return [...parts, ...trace, relativeError, gradientNorm];
}

function expectSound(found: CpWeightedResult): void {
  for (const v of [...bitsOf(found), ...found.startErrors, found.degeneracy.cosine, found.degeneracy.growth]) {
    expect(Number.isFinite(v)).toBe(true);
  }
}

describe('value, gradient and normal matrix', () => {
  const problems = tensorAndFactors({ maxOrder: 4 }).chain(({ x, factors }) =>
    fc.record({
      x: fc.constant(x),
      factors: fc.constant(factors),
      // At least one element is observed.
      w: tensorOf(x.shape).map((t) =>
        tensor(
          numbers(t).map((v, q) => (q === 0 ? 1 : Math.max(0, v))),
          t.shape,
        ),
      ),
      marks: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    }),
  );

  /** The problem for data and weights that are not scaled. */
  const problemOf = (x: Tensor, w: Tensor, factors: readonly Tensor[], free: readonly boolean[], ridge: number) => {
    const rank = factors[0].shape[1];
    const scaled = weightedData('test', x, w);
    const elements = scaled.elements.map((v) => v * scaled.norm);
    const weights = scaled.weights.map((v) => v * scaled.largestWeight);
    const data = { ...scaled, elements, weights, mean: scaled.mean * scaled.largestWeight };
    const parameters = parametersOf(factors.map(numbers), rank, free);
    const shares = Float64Array.from({ length: rank }, (_, r) => ridge * (r + 1));
    return { problem: weightedLeastSquares(data, parameters, shares), x: vectorOf(parameters), shares, data };
  };

  test.prop([problems], { numRuns: 60 })('are those of autodiff, to rounding', ({ x, factors, w, marks }) => {
    const free = factors.map((_, n) => marks[n] || n === 0);
    const { problem, x: at, shares } = problemOf(x, w, factors, free, 0.2);
    const gradient = new Float64Array(at.length).fill(Number.NaN);
    const value = problem.evaluate(at, gradient);
    problem.release();
    const loss = valueAndGrad((as: Tensor[]): Tensor => {
      const rest = sub(cpToTensor({ weights: ones([shares.length]), factors: as }), x);
      const penalties = as.filter((_, n) => free[n]).map((a) => sum(mul(mul(a, a), tensor(shares))));
      return [mul(w, mul(rest, rest)), ...penalties].map((t) => mul(0.5, sum(t))).reduce((a, b) => add(a, b));
    });
    const expected = loss([...factors]);
    const scale = (factors.reduce((product, a) => product * (1 + norm(a)), 1) + norm(x)) ** 2 * 4;
    expectClose([value], [expected.value.item()], { factor: 256, scale });
    const expectedGradient = expected.grad.flatMap((g, n) => (free[n] ? Array.from(numbers(g)) : []));
    expectClose(gradient, expectedGradient, { factor: 256, scale });
  });

  /** JᵀWJ·v, J by differences of the model, which is linear along each coordinate. */
  const normalTimes = (w: Tensor, factors: readonly Tensor[], free: readonly boolean[]): Float64Array => {
    const model = (as: readonly Tensor[]): Tensor => cpToTensor({ weights: ones([as[0].shape[1]]), factors: as });
    const base = model(factors);
    const columns = factors.flatMap((a, n) =>
      free[n]
        ? Array.from(numbers(a), (_, q) => {
            const moved = tensor(
              numbers(a).map((v, p) => (p === q ? v + 1 : v)),
              a.shape,
            );
            return numbers(sub(model(factors.map((f, m) => (m === n ? moved : f))), base));
          })
        : [],
    );
    const weights = numbers(w);
    return Float64Array.from({ length: columns.length ** 2 }, (_, at) => {
      const [i, j] = [columns[Math.floor(at / columns.length)], columns[at % columns.length]];
      return i.reduce((total, v, q) => total + weights[q] * v * j[q], 0);
    });
  };

  test.prop([problems], { numRuns: 40 })(
    'the normal matrix is that of the derivatives of the model',
    ({ x, factors, w, marks }) => {
      const free = factors.map((_, n) => marks[n] || n === 0);
      const { problem, x: at, data } = problemOf(x, w, factors, free, 0);
      problem.release();
      const found = weightedNormal(data, problem.parameters, at);
      const expected = normalTimes(w, factors, free);
      const { size, offsets, rank } = problem.parameters;
      const starts = offsets.filter((_, n) => free[n]);
      const blockOf = (q: number): number => starts.filter((start) => start <= q).length;
      const scale = 4 * (1 + norm(x)) * factors.reduce((product, a) => product * (1 + norm(a)), 1) ** 2;
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          const isIn = blockOf(j) < blockOf(i) || Math.floor(i / rank) === Math.floor(j / rank);
          const sameBlock = blockOf(i) === blockOf(j);
          if (!isIn && !(sameBlock && j <= i)) continue;
          expectClose([found[i * size + j]], [expected[i * size + j]], { factor: 1e4, scale });
        }
      }
    },
  );

  test('the step of separable weights solves the equations of the normal matrix', () => {
    const shape = [5, 4, 3];
    const slices = shape.map((n, mode) => uniform(key(mode), n).map((u) => 0.2 + u));
    const w = cpToTensor({ weights: ones([1]), factors: slices.map((s) => tensor(s, [s.length, 1])) });
    const factors = shape.map((n, mode) => irregular([n, 2], mode));
    const { problem, x: at, data } = problemOf(irregular(shape, 4), w, factors, [true, true, true], 0);
    // A gradient, because only along what the model depends on is there a solution.
    const b = new Float64Array(at.length);
    problem.evaluate(at, b);
    const step = b.slice();
    expect(separableStep(problem, at, step, 1e-14)).toBe(true);
    problem.release();
    const normal = weightedNormal(data, problem.parameters, at);
    const product = b.map((_, i) =>
      b.reduce((total, _v, j) => total + normal[Math.max(i, j) * b.length + Math.min(i, j)] * step[j], 0),
    );
    expectClose(product, b, { factor: 1e7 });
  });
});

describe('what is missing makes no difference', () => {
  test.each([
    ['few variables', [6, 7, 8], 2, 0.3],
    ['many variables', [40, 30, 20], 6, 0.3],
    ['a compressed start', [72, 64, 60], 3, 0.1],
  ])('NaN, infinities or 999 under weight 0: the same bits (peer case 39), %s', (_name, shape, rank, missing) => {
    const { tensor: x } = createProblem({ shape, rank, noise: 0.05, key: key(4) });
    const w = mask(shape, missing, 5);
    const options = { maxIterations: 15, tolerance: 0 };
    const expected = bitsOf(cpWeighted(withJunk(x, w, 0), w, rank, options));
    for (const junk of [Number.NaN, 999, Infinity, -Infinity, 1e308]) {
      expectSameBits(bitsOf(cpWeighted(withJunk(x, w, junk), w, rank, options)), expected);
    }
    expectSameBits(bitsOf(cpWeighted(x, astype(w, 'bool'), rank, options)), expected);
  });

  test('the error is that of what is observed alone [578]', () => {
    const { tensor: x } = createProblem({ shape: [6, 5, 7], rank: 3, noise: 0.3, key: key(6) });
    const w = mask(x.shape, 0.4, 7);
    const found = cpWeighted(withJunk(x, w, 1e6), w, 2);
    expectClose([found.relativeError], [residualOf(withJunk(x, w, 0), w, found)], { factor: 1e3 });
    expectClose([found.trace[found.trace.length - 1]], [found.relativeError], { factor: 1e3 });
  });

  test('-10000 under the mask: rank 1 comes out as without (peer case 6)', () => {
    const x = add(cpToTensor({ weights: ones([1]), factors: [8, 7, 6].map((n, m) => irregular([n, 1], m + 1)) }), 0);
    const w = mask(x.shape, 0.1, 8);
    const masked = cpWeighted(withJunk(x, w, -10000), w, 1);
    const whole = cpAls(x, 1);
    expect(norm(sub(cpToTensor(masked), cpToTensor(whole)))).toBeLessThan(1e-10 * norm(x));
  });
});

describe('the fit', () => {
  test('weights of 1 give the optimum of ALS, and their scale is none of its business', () => {
    const { tensor: x } = createProblem({ shape: [8, 9, 10], rank: 3, noise: 0.1, key: key(1) });
    const als = cpAls(x, 3, { tolerance: 1e-12 });
    for (const scale of [1, 1e-200, 1e200]) {
      const found = cpWeighted(x, full(x.shape, scale), 3, { tolerance: 1e-12 });
      expect(found.status).toBe('converged');
      expect(found.gradientNorm).toBeLessThan(1e-6);
      expectClose([found.relativeError], [als.relativeError], { factor: 1e-10 / toleranceEpsilon });
      expect(factorMatchScore(found, als).score).toBeGreaterThan(1 - 1e-6);
    }
  });

  test('equals ALS where weights say how often a slice was measured', () => {
    // A slice of weight 2 counts as two slices.
    const { tensor: x } = createProblem({ shape: [5, 4, 6], rank: 2, noise: 0.2, key: key(3) });
    const doubled = tensor(Float64Array.from([...numbers(x), ...numbers(x).slice(0, 24)]), [6, 4, 6]);
    const w = tensor(
      numbers(x).map((_, q) => (q < 24 ? 2 : 1)),
      x.shape,
    );
    const options = { tolerance: 1e-13 };
    const found = cpWeighted(x, w, 2, options);
    const als = cpAls(doubled, 2, options);
    expectClose([found.relativeError], [als.relativeError], { factor: 1e-9 / toleranceEpsilon });
  });

  test('either method falls all the time and ends at no gradient', () => {
    const { tensor: x } = createProblem({ shape: [24, 22, 20], rank: 8, noise: 0.1, key: key(2) });
    const w = mul(mask(x.shape, 0.3, 9), tensor(uniform(key(3), x.size), x.shape));
    const found = cpWeighted(x, w, 8, { tolerance: 1e-12 });
    checkMonotone(found.trace, { factor: 1e4 });
    expect(found.gradientNorm).toBeLessThan(1e-6);
    const small = createProblem({ shape: [8, 7, 6], rank: 2, noise: 0.1, key: key(2) });
    const v = mask(small.tensor.shape, 0.3, 9);
    const dense = cpWeighted(small.tensor, v, 2, { tolerance: 1e-12 });
    checkMonotone(dense.trace, { factor: 1e4 });
    expect(dense.gradientNorm).toBeLessThan(1e-6);
  });

  test.each([0.7, 0.8, 0.9])('exact data, %d of them missing: rank 3 comes back from a few starts', (missing) => {
    for (const seed of [0, 1, 2]) {
      const { tensor: x, solution } = createProblem({ shape: [20, 20, 20], rank: 3, key: key(seed) });
      const w = mask(x.shape, missing, 500 + seed);
      const found = cpWeighted(withJunk(x, w, 999), w, 3, { starts: 12 });
      expect(factorMatchScore(found, solution).score).toBeGreaterThan(0.999);
      expect(found.relativeError).toBeLessThan(1e-12);
      expect(Math.min(...found.startErrors)).toBe(found.relativeError);
    }
  });

  test('95 % of 50 × 40 × 30 missing, many variables', () => {
    const { tensor: x, solution } = createProblem({ shape: [50, 40, 30], rank: 5, key: key(1) });
    const w = mask(x.shape, 0.95, 2);
    const found = cpWeighted(withJunk(x, w, Number.NaN), w, 5, { starts: 6, tolerance: 1e-6, maxIterations: 400 });
    expect(factorMatchScore(found, solution).score).toBeGreaterThan(0.999);
  });

  test.each([
    ['elements', (u: Float64Array, q: number) => u[q] < 0.15],
    ['fibers', (u: Float64Array, q: number) => u[Math.floor(q / 60)] < 0.15],
    ['nothing', () => false],
  ])('a compressed start leads to the optimum: %s missing', (_, isMissing) => {
    const { tensor: x } = createProblem({ shape: [72, 64, 60], rank: 4, noise: 0.1, collinearity: 0.3, key: key(31) });
    const u = uniform(key(32), x.size);
    const w = tensor(
      u.map((_u, q) => (isMissing(u, q) ? 0 : 1)),
      x.shape,
    );
    const found = cpWeighted(withJunk(x, w, Number.NaN), w, 4, { tolerance: 1e-12 });
    expect(found.status).toBe('converged');
    expect(found.gradientNorm).toBeLessThan(1e-6);
    // It begins where a start at random takes many iterations to come to.
    const random = cpWeighted(x, w, 4, { init: 'random', starts: 2, tolerance: 1e-12 });
    expect(found.trace[0]).toBeLessThan(1.03 * random.relativeError);
    expectClose([found.relativeError], [random.relativeError], { factor: 1e-9 / toleranceEpsilon });
    expect(factorMatchScore(found, random).score).toBeGreaterThan(1 - 1e-5);
    const twice = cpWeighted(x, w, 4, { tolerance: 1e-12, starts: 2 });
    expect(twice.startErrors[0]).toBe(found.relativeError);
  });

  test('half of the elements missing at noise of a tenth costs little of the factors [198]', () => {
    const { tensor: x, solution } = createProblem({ shape: [20, 18, 16], rank: 3, noise: 0.1, key: key(3) });
    const found = cpWeighted(x, mask(x.shape, 0.5, 4), 3);
    expect(found.iterations).toBeLessThan(60);
    expect(factorMatchScore(found, solution).score).toBeGreaterThan(0.98);
  });

  test('a start of singular vectors leads to the same optimum as one at random', () => {
    const { tensor: x, solution } = createProblem({
      shape: [12, 11, 10],
      rank: 3,
      noise: 0.1,
      missing: 0.3,
      key: key(3),
    });
    const { mask: w } = createProblem({ shape: [12, 11, 10], rank: 3, missing: 0.3, key: key(3) });
    const [svd, random] = (['svd', 'random'] as const).map((init) => cpWeighted(x, w, 3, { init, tolerance: 1e-12 }));
    expectClose([svd.relativeError], [random.relativeError], { factor: 1e-9 / toleranceEpsilon });
    expect(factorMatchScore(svd, random).score).toBeGreaterThan(1 - 1e-6);
    expect(factorMatchScore(svd, solution).score).toBeGreaterThan(0.98);
    expect(bitsOf(svd)).not.toEqual(bitsOf(random));
  });

  test('an error of 1e-8 is never reported as 0', () => {
    const { tensor: x } = createProblem({ shape: [5, 6, 4], rank: 2, noise: 1e-8, key: key(5) });
    const w = mask(x.shape, 0.2, 3);
    const found = cpWeighted(x, w, 2, { starts: 4 });
    expectClose([found.relativeError], [residualOf(x, w, found)], { factor: 1e-6 / toleranceEpsilon });
    expect(found.relativeError).toBeGreaterThan(1e-9);
    expect(found.relativeError).toBeLessThan(1e-8);
  });

  test('permuted modes give permuted factors', () => {
    const { tensor: x } = createProblem({ shape: [4, 5, 6], rank: 2, noise: 0.1, key: key(9) });
    const w = mask(x.shape, 0.2, 3);
    const a = cpWeighted(x, w, 2, { tolerance: 1e-13 });
    const b = cpWeighted(transpose(x, [2, 0, 1]), transpose(w, [2, 0, 1]), 2, { tolerance: 1e-13 });
    const back = { weights: b.weights, factors: [b.factors[1], b.factors[2], b.factors[0]] };
    expect(factorMatchScore(a, back).score).toBeGreaterThan(1 - 1e-8);
  });

  test('a ridge gives the optimum that ALS finds', () => {
    const { tensor: x } = createProblem({ shape: [5, 4, 6], rank: 2, noise: 0.2, key: key(3) });
    for (const ridge of [0.1, 3]) {
      const found = cpWeighted(x, full(x.shape, 0.25), 2, { ridge: ridge / 4, tolerance: 1e-13 });
      const als = cpAls(x, 2, { init: found, ridge, tolerance: 1e-13 });
      expectClose([found.relativeError], [als.relativeError], { factor: 1e-6 / toleranceEpsilon });
      expect(norm(sub(cpToTensor(found), cpToTensor(als)))).toBeLessThan(1e-5 * norm(x));
    }
  });
});

describe('hard cases', () => {
  test.each([
    ['constants at rank 2', full([3, 4, 5], 7), 2],
    ['a scale of 1e-150', full([3, 4, 5], 1e-150), 2],
    ['a scale of 1e150', full([3, 4, 5], 1e150), 2],
    ['order 1', irregular([6], 1), 3],
    ['order 2 at full rank', irregular([3, 4], 1), 3],
    ['modes of size 1', irregular([1, 4, 1, 3], 1), 3],
    ['all sizes 1', irregular([1, 1, 1], 1), 2],
    ['a rank above every size', irregular([3, 2, 2], 1), 6],
  ])('%s', (_name, x, rank) => {
    for (const w of [
      ones(x.shape),
      tensor(
        Float64Array.from({ length: x.size }, (_, q) => (q % 5 === 3 ? 0 : 1)),
        x.shape,
      ),
    ]) {
      const found = cpWeighted(x, w, rank);
      expectSound(found);
      expect(found.relativeError).toBeLessThan(1e-12);
    }
  });

  test('zeros are fitted exactly at once (peer case 27)', () => {
    const found = cpWeighted(zeros([3, 4, 2]), mask([3, 4, 2], 0.3, 1), 2);
    expectSound(found);
    expect([found.relativeError, found.status]).toEqual([0, 'converged']);
  });

  test('zero data: the error is the norm of the model over what is observed', () => {
    const init = { weights: tensor([2]), factors: [ones([2, 1]), ones([3, 1])] };
    const w = tensor([
      [4, 0, 0],
      [0, 9, 0],
    ]);
    const found = cpWeighted(zeros([2, 3]), w, 1, { init, maxIterations: 0 });
    expectClose([found.relativeError], [2 * Math.sqrt(13)], { factor: 16 });
  });

  test('slices that are missing altogether leave their rows finite, the rest as it is without them', () => {
    const { tensor: x } = createProblem({ shape: [6, 5, 4], rank: 2, noise: 0.1, key: key(3) });
    const w = tensor(
      numbers(x).map((_, q) => (Math.floor(q / 20) === 2 ? 0 : 1)),
      x.shape,
    );
    const found = cpWeighted(withJunk(x, w, Number.NaN), w, 2, { tolerance: 1e-13 });
    expectSound(found);
    const rest = tensor(Float64Array.from([...numbers(x).slice(0, 40), ...numbers(x).slice(60)]), [5, 5, 4]);
    const als = cpAls(rest, 2, { tolerance: 1e-13 });
    expectClose([found.relativeError], [als.relativeError], { factor: 1e-9 / toleranceEpsilon });
  });

  test.each([0, 1])('W has no best rank-2 fit (key %d)', (seed) => {
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
    const found = cpWeighted(w, ones([2, 2, 2]), 2, { key: key(seed) });
    expectSound(found);
    expect(found.status).toBe('degenerate');
    expect(found.degeneracy.cosine).toBeLessThan(-0.95);
  });

  test('collinear components, a tenth missing', () => {
    const { tensor: x, solution } = createProblem({ shape: [8, 9, 10], rank: 3, collinearity: 0.9, key: key(1) });
    const found = cpWeighted(x, mask(x.shape, 0.1, 2), 3, { starts: 4 });
    expect(found.relativeError).toBeLessThan(1e-12);
    expect(factorMatchScore(found, solution).score).toBeGreaterThan(1 - 1e-8);
  });
});

describe('init, fixed modes, progress', () => {
  const x = irregular([4, 3, 5], 2);
  const w = mask(x.shape, 0.2, 1);
  const start: CpTensor = {
    weights: tensor([2, -3]),
    factors: [irregular([4, 2], 1), irregular([3, 2], 2), irregular([5, 2], 3)],
  };

  test('without iterations the start comes back with its error, weights included', () => {
    const found = cpWeighted(x, w, 2, { init: start, maxIterations: 0 });
    expect(found.weights).toBe(start.weights);
    expect(found.factors).toEqual(start.factors);
    expect([found.status, found.iterations, found.trace]).toEqual(['max-iterations', 0, []]);
    expectClose([found.relativeError], [residualOf(x, w, start)], { factor: 100 });
  });

  test('neither data nor weights nor start are written to', () => {
    const parts = [x, w, start.weights, ...start.factors];
    const before = parts.map((part) => part.toArray());
    cpWeighted(x, w, 2, { init: start, maxIterations: 5, ridge: 0.1, fixedModes: [1] });
    expect(parts.map((part) => part.toArray())).toEqual(before);
  });

  test.each([[[0]], [[2]], [[0, 1]], [[1, 2]]])('fixed modes %j keep their factors', (fixedModes) => {
    const found = cpWeighted(x, w, 2, { init: start, fixedModes });
    for (const mode of fixedModes) expect(found.factors[mode]).toBe(start.factors[mode]);
    expectClose([found.relativeError], [residualOf(x, w, found)], { factor: 1000 });
    expect(found.relativeError).toBeLessThan(residualOf(x, w, start));
  });

  test('all modes fixed: the start, converged', () => {
    const found = cpWeighted(x, w, 2, { init: start, fixedModes: [0, 1, 2] });
    expect([found.status, found.iterations, found.weights]).toEqual(['converged', 0, start.weights]);
    expectClose([found.relativeError], [residualOf(x, w, start)], { factor: 100 });
  });

  test('float32 and strided views are read as what they say', () => {
    const single = astype(x, 'float32');
    const options = { maxIterations: 8 };
    expectSameBits(
      bitsOf(cpWeighted(single, w, 2, options)),
      bitsOf(cpWeighted(astype(single, 'float64'), w, 2, options)),
    );
    const turned = transpose(tensor(transpose(x).toArray()));
    expectSameBits(bitsOf(cpWeighted(turned, w, 2, options)), bitsOf(cpWeighted(x, w, 2, options)));
  });

  test.each([
    ['few', x, w, 2],
    ['many', irregular([30, 25, 20], 1), mask([30, 25, 20], 0.2, 1), 7],
  ])('progress, abort and tolerance 0 with %s variables', (_name, data, weights, rank) => {
    const seen: number[] = [];
    const controller = new AbortController();
    const found = cpWeighted(data, weights, rank, {
      tolerance: 0,
      starts: 5,
      signal: controller.signal,
      onProgress: ({ iteration, relativeError }) => {
        seen.push(relativeError);
        expect(iteration).toBe(seen.length);
        if (iteration === 4) controller.abort();
      },
    });
    expect([found.status, found.iterations, found.trace, found.startErrors.length]).toEqual(['aborted', 4, seen, 1]);
    expectSameBits(
      cpWeighted(data, weights, rank, { maxIterations: 4 }).weights.toTypedArray(),
      found.weights.toTypedArray(),
    );
    expect(cpWeighted(data, weights, rank, { tolerance: 0, maxIterations: 12 }).iterations).toBe(12);
    const early = cpWeighted(data, weights, rank, { signal: AbortSignal.abort() });
    expect([early.status, early.iterations]).toEqual(['aborted', 0]);
  });

  test('several starts: the best of what single ones find', () => {
    const many = cpWeighted(x, w, 2, { starts: 3, tolerance: 1e-6 });
    expect(many.startErrors).toHaveLength(3);
    expect(many.startErrors[0]).toBe(cpWeighted(x, w, 2, { tolerance: 1e-6 }).relativeError);
    expect(many.relativeError).toBe(Math.min(...many.startErrors));
    expectSameBits(bitsOf(cpWeighted(x, w, 2, { starts: 3, tolerance: 1e-6 })), bitsOf(many));
  });
});
