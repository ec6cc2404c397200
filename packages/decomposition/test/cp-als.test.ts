import { fc, test } from '@fast-check/vitest';
import { mul, sub, sum, type Tensor, tensor, transpose } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { checkMonotone, expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { type CpTensor, cpAls, cpToTensor, createProblem, factorMatchScore, initializeCp } from '../src/index.js';
import { nonzero, permutations, shapes, tensorOf } from './arbitraries.js';

const elements = (cp: CpTensor): number[] => [cp.weights, ...cp.factors].flatMap((t) => Array.from(t.toTypedArray()));
const norm = (x: Tensor): number => Math.sqrt(sum(mul(x, x)).item());

/** Any tensor, any rank up to 5 and a key: nothing is known about the fit but that it must come out sound. */
const anything = shapes({ maxOrder: 4 }).chain((shape) =>
  fc.record({ x: tensorOf(shape), rank: fc.integer({ min: 1, max: 5 }), seed: fc.nat(1000) }),
);

/** Problems that ALS solves from nearly every start: few components, moderately collinear. */
const solvable = fc.record({
  shape: fc.array(fc.integer({ min: 3, max: 6 }), { minLength: 3, maxLength: 4 }),
  rank: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(100000),
});

/** The best fit of three starts. */
function bestOf(x: Tensor, rank: number, seed: number): CpTensor {
  const fits = [0, 1, 2].map((start) => cpAls(x, rank, { key: key(3 * seed + start) }));
  return fits.reduce((best, fit) => (fit.relativeError < best.relativeError ? fit : best));
}

describe('cpAls on any tensor', () => {
  test.prop([anything])('every sweep lowers the error, and what is reported is true', (p) => {
    const found = cpAls(p.x, p.rank, { key: key(p.seed), maxIterations: 40 });
    expect(elements(found).every(Number.isFinite)).toBe(true);
    expect(found.trace).toHaveLength(found.iterations);
    expect(found.relativeError).toBe(found.trace[found.iterations - 1]);
    // An element of the model carries rounding of the size of the largest component. Gram matrices see what stands apart by √eps.
    const size = 1 + (norm(p.x) > 0 ? found.weights.toTypedArray()[0] / norm(p.x) : 0);
    checkMonotone(found.trace, { factor: 2 ** 26 * p.rank, scale: size });
    const residual = norm(sub(p.x, cpToTensor(found)));
    const scale = norm(p.x) || 1;
    const rounding = 100 * p.rank * 2 ** -52 * size;
    expect(Math.abs(found.relativeError - residual / scale)).toBeLessThanOrEqual(1e-8 * (residual / scale) + rounding);
  });

  test.prop([anything])('equal inputs give equal bits', ({ x, rank, seed }) => {
    const [a, b] = [0, 1].map(() => cpAls(x, rank, { key: key(seed), maxIterations: 5 }));
    expectSameBits(elements(a), elements(b));
    expectSameBits(a.trace, b.trace);
    expectSameBits([a.gradientNorm], [b.gradientNorm]);
  });

  test.prop([anything])('weights descend from 0 up, columns have norm 1 and a positive largest entry', (p) => {
    const { weights, factors } = cpAls(p.x, p.rank, { key: key(p.seed), maxIterations: 5 });
    const list = Array.from(weights.toTypedArray());
    expect(list).toEqual(list.map(Math.abs).sort((a, b) => b - a));
    factors.forEach((factor, n) => {
      const values = factor.toTypedArray();
      for (let r = 0; r < p.rank; r++) {
        const column = Array.from(values).filter((_, q) => q % p.rank === r);
        expectClose([column.reduce((total, v) => total + v * v, 0)], [1], { factor: 8 });
        // Of entries that differ by rounding only either may have been the largest.
        const largest = Math.max(...column.map(Math.abs));
        if (n < factors.length - 1) expect(Math.max(...column)).toBeGreaterThan(largest - 1e-14);
      }
    });
  });

  test.prop([anything, fc.constantFrom(2 ** 498, 2 ** -498, 2 ** 960, 2 ** -960)])(
    'the scale of the data changes the weights and nothing else',
    ({ x, rank, seed }, scale) => {
      const options = { key: key(seed), maxIterations: 8 };
      const a = cpAls(x, rank, options);
      const b = cpAls(mul(x, scale), rank, options);
      expectSameBits(
        b.weights.toTypedArray(),
        a.weights.toTypedArray().map((w) => w * scale),
      );
      expectSameBits(
        b.factors.flatMap((f) => Array.from(f.toTypedArray())),
        elements({ ...a, weights: tensor([]) }),
      );
      expectSameBits(b.trace, a.trace);
    },
  );

  test.prop([
    fc.tuple(shapes({ minOrder: 2, maxOrder: 3 }), fc.integer({ min: 1, max: 3 })).chain(([shape, rank]) =>
      fc.record({
        x: tensorOf(shape),
        rank: fc.constant(rank),
        order: permutations(rank),
        scales: fc.array(nonzero, { minLength: rank * shape.length, maxLength: rank * shape.length }),
        seed: fc.nat(1000),
      }),
    ),
  ])('order, scaling and signs of the start’s components do not matter', ({ x, rank, order, scales, seed }) => {
    const start = initializeCp(x, rank, { key: key(seed) });
    const mixed = {
      weights: tensor(scales.slice(0, rank)),
      factors: start.factors.map((factor, m) => {
        const values = factor.toTypedArray();
        const scaled = values.map((_, q) => values[q - (q % rank) + order[q % rank]] * scales[m * rank + (q % rank)]);
        return tensor(scaled, factor.shape);
      }),
    };
    const [a, b] = [start, mixed].map((init) => cpAls(x, rank, { init, maxIterations: 3, tolerance: 0 }));
    // Columns that differ by no more than √eps are told apart by rounding alone.
    expectClose(a.trace, b.trace, { factor: 2 ** 28, scale: 1 });
  });
});

describe('cpAls on problems with a known answer', () => {
  test.prop([solvable], { numRuns: 40 })('finds the components', ({ shape, rank, seed }) => {
    const { tensor: x, solution } = createProblem({ shape, rank, collinearity: 0.3, key: key(seed) });
    const best = bestOf(x, rank, seed);
    expect(factorMatchScore(best, solution).score).toBeGreaterThan(1 - 1e-6);
  });

  test.prop([solvable.chain((p) => fc.record({ p: fc.constant(p), axes: permutations(p.shape.length) }))], {
    numRuns: 25,
  })('transposing the tensor permutes the factors', ({ p: { shape, rank, seed }, axes }) => {
    const { tensor: x } = createProblem({ shape, rank, collinearity: 0.3, noise: 0.01, key: key(seed) });
    const straight = bestOf(x, rank, seed);
    const turned = bestOf(transpose(x, axes), rank, seed);
    const back = { weights: turned.weights, factors: axes.map((_, m) => turned.factors[axes.indexOf(m)]) };
    expect(factorMatchScore(straight, back).score).toBeGreaterThan(1 - 1e-5);
  });

  test.prop([solvable], { numRuns: 40 })(
    'noise of a given norm leaves an error of about that norm, a share for the parameters taken off',
    ({ shape, rank, seed }) => {
      const { tensor: x, solution } = createProblem({ shape, rank, collinearity: 0.3, noise: 0.1, key: key(seed) });
      const atTruth = cpAls(x, rank, { init: solution, maxIterations: 0 }).relativeError;
      const found = cpAls(x, rank, { init: solution });
      expect(found.relativeError).toBeLessThan(atTruth);
      expect(atTruth).toBeGreaterThan(0.1 / 1.1);
      expect(atTruth).toBeLessThan(0.1 / 0.9);
      expect(found.gradientNorm).toBeLessThan(1e-3);
      checkMonotone(found.trace, { factor: 10, scale: 1 });
    },
  );
});
