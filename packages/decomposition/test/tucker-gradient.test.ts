import { fc, test } from '@fast-check/vitest';
import { mul, sub, sum, type Tensor, tensor, valueAndGrad } from '@neuronseek/tensor';
import { key, normal, uniform } from '@neuronseek/tensor/random';
import { checkMonotone, expectClose, toleranceEpsilon } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { createProblem, hooi, stHosvd, tuckerOpt, tuckerToTensor, tuckerWeighted } from '../src/index.js';
import { scratchIn } from '../src/low-rank/scratch.js';
import { residualObjective, variableCount, variablesIn } from '../src/tucker/gradient/objective.js';
import { shapes } from './arbitraries.js';
import { irregular } from './irregular.js';
import { denseError, expectOrthonormal, normOf } from './tucker-laws.js';

const problem = shapes({ maxOrder: 4, maxSize: 4 }).chain((shape) =>
  fc.record({
    shape: fc.constant(shape),
    ranks: fc.tuple(...shape.map(() => fc.integer({ min: 1, max: 3 }))),
    seed: fc.integer({ min: 0, max: 1000 }),
    weighted: fc.boolean(),
  }),
);

test.prop([problem])('value and gradient are those of autodiff, to rounding', ({ shape, ranks, seed, weighted }) => {
  const x = irregular(shape, seed);
  const weights = weighted ? mul(irregular(shape, seed + 1), irregular(shape, seed + 1)) : undefined;
  const point = Float64Array.from(irregular([variableCount(shape, ranks)], seed + 2).toTypedArray());
  const gradient = new Float64Array(point.length);
  const elements = Float64Array.from(x.toTypedArray());
  const given = weights && Float64Array.from(weights.toTypedArray());
  const objective = residualObjective({ elements, shape }, ranks, given, scratchIn(new Float64Array(0)));
  const value = objective(point, gradient);

  const views = variablesIn(point, shape, ranks);
  const inputs = [tensor(views.core, ranks), ...views.factors.map((f, n) => tensor(f, [shape[n], ranks[n]]))];
  const loss = (core: Tensor, ...factors: Tensor[]): Tensor => {
    const rest = sub(tuckerToTensor({ core, factors }), x);
    return mul(sum(mul(weights ? mul(weights, rest) : rest, rest)), 0.5);
  };
  const by = valueAndGrad(([core, ...factors]: Tensor[]) => loss(core, ...factors))(inputs);
  expectClose([value], [by.value.toTypedArray()[0]], { factor: 256 });
  const expected = by.grad.flatMap((g) => Array.from(g.toTypedArray()));
  expectClose(gradient, expected, { factor: 256, scale: 1 + Math.max(...expected.map(Math.abs)) });
});

describe('tuckerOpt', () => {
  const { tensor: x } = createProblem({ shape: [7, 6, 8], rank: 4, noise: 0.3, key: key(3) });

  test('ends where HOOI ends, from its start and from random ones', () => {
    const best = hooi(x, { ranks: [3, 2, 3], tolerance: 1e-13, maxIterations: 1000 }).relativeError;
    for (const init of ['stHosvd', 'random'] as const) {
      const found = tuckerOpt(x, { ranks: [3, 2, 3], init, tolerance: 1e-12 });
      expect(Math.abs(found.relativeError - best)).toBeLessThan(1e-8);
      expect(found.status).toBe('converged');
      expect(found.gradientNorm).toBeLessThan(1e-5);
      checkMonotone(found.trace, { factor: 100 });
      expectClose([found.relativeError], [denseError(x, found)], { factor: 256 });
      found.factors.forEach(expectOrthonormal);
    }
  });

  test('finds exact ranks to rounding, honestly', () => {
    const { tensor: exact } = createProblem({ shape: [6, 5, 7], rank: 2, key: key(8) });
    const found = tuckerOpt(exact, { ranks: 2, init: 'random', tolerance: 0 });
    expect(found.relativeError).toBeLessThan(1e-9);
    expect(Math.abs(found.relativeError - denseError(exact, found))).toBeLessThan(1e-14);
  });

  test('keeps the error of a start given, whatever its factors', () => {
    const init = { core: irregular([2, 3], 1), factors: [irregular([5, 2], 2), irregular([4, 3], 3)] };
    const matrix = irregular([5, 4], 4);
    const found = tuckerOpt(matrix, { ranks: [2, 3], init, maxIterations: 0 });
    expectClose([found.relativeError], [denseError(matrix, init)], { factor: 64 });
    expectClose(tuckerToTensor(found).toTypedArray(), tuckerToTensor(init).toTypedArray(), { factor: 256 });
    const { relativeError } = tuckerOpt(matrix, { ranks: [2, 2], tolerance: 1e-14 });
    expectClose([relativeError], [stHosvd(matrix, { ranks: 2 }).relativeError], { factor: 1e-9 / toleranceEpsilon });
  });

  test.each([
    ['zeros', mul(irregular([3, 2, 2], 1), 0)],
    ['a vector', irregular([6], 2)],
    ['one element', tensor([[[3]]])],
  ])('%s: finite and exact', (_name, small) => {
    for (const init of ['stHosvd', 'random'] as const) {
      const found = tuckerOpt(small, { ranks: 1, init });
      expect(found.relativeError).toBeLessThan(1e-10);
      for (const t of [found.core, ...found.factors]) expect(t.toTypedArray().every(Number.isFinite)).toBe(true);
    }
  });

  test('does not depend on the scale of the data, is aborted, and repeats itself', () => {
    const plain = tuckerOpt(x, { ranks: 2, maxIterations: 9 });
    expect(tuckerOpt(mul(x, 2 ** 200), { ranks: 2, maxIterations: 9 }).trace).toEqual(plain.trace);
    expect(tuckerOpt(x, { ranks: 2, maxIterations: 9 })).toEqual(plain);
    const signal = AbortSignal.abort();
    expect(tuckerOpt(x, { ranks: 2, signal }).status).toBe('aborted');
    const told: number[] = [];
    tuckerOpt(x, { ranks: 2, maxIterations: 4, onProgress: (event) => told.push(event.relativeError) });
    expect(told).toEqual(plain.trace.slice(0, 4));
  });
});

describe('tuckerWeighted', () => {
  test.each([1e8, 1e100, 1e160])('an element of %d that counts as much as others do not hide them', (huge) => {
    const shape = [3, 4, 2];
    const x = Float64Array.from(irregular(shape, 1).toTypedArray());
    const weights = new Float64Array(24).fill(1);
    x[7] = huge;
    weights[7] = huge ** -2;
    const found = tuckerWeighted(tensor(x, shape), tensor(weights, shape), { ranks: [2, 2, 1], maxIterations: 300 });
    const model = Float64Array.from(tuckerToTensor(found).toTypedArray());
    const norm = (values: Float64Array): number => Math.hypot(...values.map((v, q) => Math.sqrt(weights[q]) * v));
    const error = norm(x.map((v, q) => v - model[q])) / norm(x);
    expect(error).toBeGreaterThan(0.01);
    expect(error).toBeLessThan(0.8);
    expect(Math.abs(found.relativeError - error)).toBeLessThan(1e-9);
  });

  const shape = [8, 7, 9];
  const { tensor: exact } = createProblem({ shape, rank: 2, key: key(12) });
  const { tensor: noisy } = createProblem({ shape, rank: 3, noise: 0.2, key: key(13) });
  const size = exact.size;
  const mask = (share: number, seed: number): Tensor =>
    tensor(
      uniform(key(seed), size).map((v) => (v < share ? 0 : 1)),
      shape,
    );

  test('with weights of one it is the plain fit (peer case 15)', () => {
    const ones = mask(0, 1);
    const best = hooi(noisy, { ranks: 2, tolerance: 1e-13, maxIterations: 1000 });
    const found = tuckerWeighted(noisy, ones, { ranks: 2, tolerance: 1e-12 });
    expect(Math.abs(found.relativeError - best.relativeError)).toBeLessThan(1e-8);
    expect(normOf(sub(tuckerToTensor(found), tuckerToTensor(best)))).toBeLessThan(1e-3 * normOf(noisy));
  });

  test('ignores an outlier under the mask (peer case 15)', () => {
    const spoilt = tensor(
      Float64Array.from(exact.toTypedArray(), (v, q) => (q === 17 ? 1e4 : v)),
      shape,
    );
    const all = tensor(
      Float64Array.from({ length: size }, (_, q) => (q === 17 ? 0 : 1)),
      shape,
    );
    const found = tuckerWeighted(spoilt, all, { ranks: 2 });
    expect(denseError(exact, found)).toBeLessThan(1e-3);
  });

  test.each([0.1, 0.3, 0.5])('recovers %d missing exactly', (share) => {
    const found = tuckerWeighted(exact, mask(share, 5), { ranks: 2 });
    expect(denseError(exact, found)).toBeLessThan(1e-6);
    checkMonotone(found.trace, { factor: 100 });
  });

  test('never reads what is under the mask: 999, NaN or infinity, the same bits', () => {
    const weights = mask(0.3, 6);
    const w = weights.toTypedArray();
    const [first, ...others] = [0, 999, Number.NaN, Infinity].map((junk) => {
      const spoilt = Float64Array.from(noisy.toTypedArray(), (v, q) => (w[q] === 0 ? junk : v));
      return tuckerWeighted(tensor(spoilt, shape), weights, { ranks: 2, maxIterations: 15 });
    });
    for (const other of others) expect(other).toEqual(first);
  });

  test('counts a weight of 4 as four observations: their mean', () => {
    // Rank one of a constant seen twice with different accuracy: weighted least squares is the weighted mean.
    const x = tensor([[1, 6]]);
    const found = tuckerWeighted(x, tensor([[4, 1]]), {
      ranks: [1, 1],
      init: { core: tensor([[1]]), factors: [tensor([[1]]), tensor([[1], [1]])] },
    });
    expect(denseError(x, found)).toBeLessThan(1e-6);
    const weights = Float64Array.from(normal(key(3), size), (v) => 0.1 + Math.abs(v));
    const fit = tuckerWeighted(noisy, tensor(weights, shape), { ranks: 2, tolerance: 1e-12 });
    const rest = sub(noisy, tuckerToTensor(fit)).toTypedArray();
    const values = noisy.toTypedArray();
    const weighted = (list: ArrayLike<number>): number =>
      Math.sqrt(weights.reduce((total, v, q) => total + v * list[q] ** 2, 0));
    expectClose([fit.relativeError], [weighted(rest) / weighted(values)], { factor: 256 });
    const plain = hooi(noisy, { ranks: 2, tolerance: 1e-12 });
    const unweighted = weighted(sub(noisy, tuckerToTensor(plain)).toTypedArray()) / weighted(values);
    expect(fit.relativeError).toBeLessThan(unweighted);
    const tenfold = tuckerWeighted(
      noisy,
      tensor(
        weights.map((v) => v * 2 ** 30),
        shape,
      ),
      { ranks: 2, tolerance: 1e-12 },
    );
    expect(tenfold).toEqual(fit);
  });
});
