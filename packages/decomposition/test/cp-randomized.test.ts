import { fc, test } from '@fast-check/vitest';
import { astype, concat, full, mul, ones, sub, sum, type Tensor, tensor, transpose, zeros } from '@neuronseek/tensor';
import { qr } from '@neuronseek/tensor/linalg';
import { key, uniform } from '@neuronseek/tensor/random';
import { expectClose, expectSameBits, toleranceEpsilon } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { leverageProbabilities, leverageScores } from '../src/cp/randomized/leverage.js';
import { gatherFibres, khatriRaoRows, solveSampled } from '../src/cp/randomized/sampled-problem.js';
import { rowSampler, sampleRows } from '../src/cp/randomized/sampled-rows.js';
import {
  type CpRandomizedResult,
  type CpTensor,
  cpAls,
  cpRandomized,
  cpToTensor,
  createProblem,
  factorMatchScore,
  khatriRao,
  unfold,
} from '../src/index.js';
import { tensorAndFactors } from './arbitraries.js';
import { irregular } from './irregular.js';

const norm = (x: Tensor): number => Math.sqrt(sum(mul(x, x)).item());
const numbers = (x: Tensor): Float64Array => Float64Array.from(x.toTypedArray());
const residualOf = (x: Tensor, cp: CpTensor): number => norm(sub(x, cpToTensor(cp))) / norm(x);

function bitsOf({ weights, factors, trace, relativeError }: CpRandomizedResult): number[] {
  return [...[weights, ...factors].flatMap((part) => Array.from(part.toTypedArray())), ...trace, relativeError];
}

describe('leverage scores', () => {
  test.prop([
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 4, max: 9 }),
    fc.integer({ min: 4, max: 7 }),
    fc.nat(99),
  ])(
    'are squared row norms of an orthonormal basis, and their products bound those of the Khatri–Rao product',
    (rank, n, m, seed) => {
      const [a, b] = [irregular([n, rank], seed + 1), irregular([m, rank], seed + 2)];
      const { q } = qr(a);
      const expected = numbers(sum(mul(q, q), { axes: [1] }));
      const found = leverageScores(numbers(a), rank);
      expectClose(found, expected, { factor: 1e6, scale: 1 });
      expectClose([found.reduce((x, y) => x + y, 0)], [rank], { factor: 1e6 });
      const ofB = leverageScores(numbers(b), rank);
      const ofProduct = leverageScores(numbers(khatriRao([a, b])), rank);
      ofProduct.forEach((score, row) => {
        expect(score).toBeLessThanOrEqual(found[Math.floor(row / m)] * ofB[row % m] + 1e-9);
      });
      expectClose([leverageProbabilities(numbers(a), rank).reduce((x, y) => x + y, 0)], [1], { factor: 32 });
    },
  );

  test('columns that repeat count once, zero matrices give equal probabilities', () => {
    const a = irregular([6, 1], 3);
    const twice = concat([a, a], { axis: 1 });
    expectClose(leverageScores(numbers(twice), 2), leverageScores(numbers(a), 1), { factor: 256 });
    expect(Array.from(leverageProbabilities(new Float64Array(8), 2))).toEqual([0.25, 0.25, 0.25, 0.25]);
  });
});

describe('sampled rows', () => {
  const shape = [5, 4, 6];
  const strides = [24, 6, 1];
  const factors = shape.map((n, mode) => numbers(irregular([n, 3], mode + 1)));
  const probabilities = factors.map((factor) => leverageProbabilities(factor, 3));
  const others = (mode: number): number[] => [0, 1, 2].filter((m) => m !== mode);
  /** Probability of the row whose fibre begins there. */
  const chanceOf = (start: number, mode: number): number =>
    others(mode).reduce((p, m) => p * probabilities[m][Math.floor(start / strides[m]) % shape[m]], 1);

  test.prop([tensorAndFactors({ minOrder: 2, maxOrder: 4, maxSize: 5 }), fc.nat(99), fc.integer({ min: 1, max: 12 })])(
    'equal rows of the Khatri–Rao product and columns of the unfolding (peer case 11)',
    ({ x, factors: parts, mode }, seed, samples) => {
      const rank = parts[0].shape[1];
      const sampler = rowSampler(x.shape, samples, seed % 2 === 0);
      const chances = parts.map((part) => leverageProbabilities(numbers(part), rank));
      const rows = sampleRows(sampler, mode, chances, key(seed));
      const found = khatriRaoRows(sampler, mode, rows, parts.map(numbers), rank);
      const fibres = gatherFibres(numbers(x), 2, sampler, mode, rows);
      const product = khatriRao(parts.filter((_, m) => m !== mode));
      const columns = numbers(unfold(x, mode));
      const [size, width] = [x.shape[mode], x.size / x.shape[mode]];
      rows.starts.forEach((start, j) => {
        // The row's number: its index without that of the mode.
        const inner = sampler.strides[mode];
        const row = Math.floor(start / (inner * size)) * inner + (start % inner);
        for (let r = 0; r < rank; r++) {
          const expected = Number(product.toTypedArray()[row * rank + r]) * rows.scales[j];
          expectClose([found[j * rank + r]], [expected], { factor: 16 });
        }
        for (let i = 0; i < size; i++) {
          expectClose([fibres[j * size + i]], [(columns[i * width + row] / 2) * rows.scales[j]], { factor: 4 });
        }
        if (j > 0) expect(start).toBeGreaterThan(rows.starts[j - 1]);
      });
    },
  );

  test.each([0, 1, 2])('no more rows than samples: all of them, each once (mode %d)', (mode) => {
    const count = 120 / shape[mode];
    const { starts, scales } = sampleRows(rowSampler(shape, count, true), mode, probabilities, key(1));
    expect([new Set(starts).size, starts.length]).toEqual([count, count]);
    expect(Array.from(starts).every((start) => Math.floor(start / strides[mode]) % shape[mode] === 0)).toBe(true);
    expect(Array.from(scales).every((scale) => scale === 1)).toBe(true);
  });

  test.each([true, false])('on average they stand for all rows, with large ones for certain: %s', (deterministic) => {
    const mode = 1;
    const samples = 9;
    const sampler = rowSampler(shape, samples, deterministic);
    const runs = 3000;
    const mass = new Float64Array(120);
    for (let seed = 0; seed < runs; seed++) {
      const { starts, scales } = sampleRows(sampler, mode, probabilities, key(seed));
      starts.forEach((start, j) => {
        mass[start] += scales[j] ** 2 / runs;
      });
      for (const [j, start] of starts.entries()) {
        const isLarge = deterministic && chanceOf(start, mode) >= 1 / samples;
        if (isLarge) expect(scales[j]).toBe(1);
      }
    }
    for (let start = 0; start < 120; start++) {
      if (Math.floor(start / strides[mode]) % shape[mode] !== 0) continue;
      const p = chanceOf(start, mode);
      // Binomial counts over samples·p: variance (1 - p)/(samples·p·runs); five standard deviations.
      const bound = deterministic && p >= 1 / samples ? 1e-9 : 5 / Math.sqrt(samples * p * runs);
      expect(Math.abs(mass[start] - 1)).toBeLessThan(bound);
    }
  });

  test('large rows are there in every sample', () => {
    const peaked = shape.map((n) => Float64Array.from({ length: n }, (_, i) => (i === 2 ? 0.9 : 0.1 / (n - 1))));
    for (let seed = 0; seed < 20; seed++) {
      const { starts, scales } = sampleRows(rowSampler(shape, 4, true), 0, peaked, key(seed));
      const at = Array.from(starts).indexOf(2 * strides[1] + 2 * strides[2]);
      expect(scales[at]).toBe(1);
      expect(starts.length).toBeLessThanOrEqual(4);
    }
  });

  test('all rows: the least squares solution', () => {
    const x = irregular(shape, 7);
    const sampler = rowSampler(shape, 1000, true);
    const rows = sampleRows(sampler, 1, probabilities, key(0));
    const found = solveSampled(
      khatriRaoRows(sampler, 1, rows, factors, 3),
      gatherFibres(numbers(x), 1, sampler, 1, rows),
      3,
      4,
    );
    const init = { weights: ones([3]), factors: shape.map((n, m) => tensor(factors[m], [n, 3])) };
    const als = cpAls(x, 3, { init, fixedModes: [0, 2], maxIterations: 1 });
    const model = cpToTensor({ ...init, factors: [init.factors[0], tensor(found, [4, 3]), init.factors[2]] });
    expect(norm(sub(model, cpToTensor(als)))).toBeLessThan(1e-10 * norm(x));
  });
});

describe.each(['leverage', 'uniform'] as const)('method %s', (method) => {
  test('10 × 10 × 10 of rank 4, 100 samples: below 0.05 (peer case 12)', () => {
    const factors = [10, 10, 10].map((n, mode) => tensor(uniform(key(mode), n * 4), [n, 4]));
    const x = cpToTensor({ weights: ones([4]), factors });
    const found = cpRandomized(x, 4, { method, samples: 100, maxIterations: 12, tolerance: 0 });
    expect(found.iterations).toBe(12);
    expect(found.relativeError).toBeLessThan(0.05);
    // 100 rows are all there are; with fewer it is a matter of samples.
    expect(cpRandomized(x, 4, { method, samples: 60, maxIterations: 12, tolerance: 0 }).relativeError).toBeLessThan(
      0.05,
    );
  });

  test('exact data are fitted to rounding', () => {
    const { tensor: x, solution } = createProblem({ shape: [30, 25, 20], rank: 3, key: key(2) });
    const found = cpRandomized(x, 3, { method, samples: 60, init: 'svd' });
    expect(found.relativeError).toBeLessThan(1e-13);
    expect(factorMatchScore(found, solution).score).toBeGreaterThan(1 - 1e-12);
    expect(found.status).toBe('converged');
  });

  test('the more samples, the nearer to the error of ALS', () => {
    const { tensor: x, solution } = createProblem({ shape: [40, 30, 35], rank: 3, noise: 0.2, key: key(4) });
    const best = cpAls(x, 3, { tolerance: 1e-10 }).relativeError;
    const excess = [40, 160, 640].map(
      (samples) => cpRandomized(x, 3, { method, samples, init: solution }).relativeError / best - 1,
    );
    // Each of three modes adds about rank/(2·samples).
    for (const [k, samples] of [40, 160, 640].entries()) {
      expect(excess[k]).toBeGreaterThan(0);
      expect(excess[k]).toBeLessThan((3 * 4.5) / samples);
    }
    expect(excess[2]).toBeLessThan(excess[0] / 4);
  });
});

describe('the fit', () => {
  test('leverage scores find what a few rows carry, where uniform samples miss it', () => {
    // One component lives in one row of every mode but the first.
    const spike = [
      tensor(uniform(key(1), 40), [40, 1]),
      ...[40, 40].map((n) =>
        sub(
          zeros([n, 1]),
          tensor(
            Float64Array.from({ length: n }, (_, i) => (i === 7 ? 1 : 0)),
            [n, 1],
          ),
        ),
      ),
    ];
    const smooth = [40, 40, 40].map((n, mode) => tensor(uniform(key(10 + mode), n), [n, 1]));
    const factors = spike.map((part, mode) => concat([smooth[mode], part], { axis: 1 }));
    const x = cpToTensor({ weights: tensor([1, 20]), factors });
    const options = { samples: 24, maxIterations: 12 };
    const errors = [0, 1, 2, 3].map((seed) =>
      (['leverage', 'uniform'] as const).map(
        (method) => cpRandomized(x, 2, { ...options, init: 'svd', method, key: key(seed) }).relativeError,
      ),
    );
    for (const [leverage] of errors) expect(leverage).toBeLessThan(1e-13);
    expect(Math.max(...errors.map(([, uniformly]) => uniformly))).toBeGreaterThan(1e-3);
  });

  test('all rows in every sample: the sweeps of ALS', () => {
    const x = irregular([4, 3, 5], 2);
    const init = { weights: tensor([2, -3]), factors: [4, 3, 5].map((n, m) => irregular([n, 2], m + 1)) };
    const als = cpAls(x, 2, { init, maxIterations: 10, tolerance: 0 });
    const found = cpRandomized(x, 2, { init, maxIterations: 2, tolerance: 0 });
    expectClose([found.trace[0], found.trace[1]], [als.trace[4], als.trace[9]], { factor: 1e6 });
    expect(factorMatchScore(found, als).score).toBeGreaterThan(1 - 1e-9);
  });

  test('the error is that of all elements; the trace estimates it on some', () => {
    const { tensor: x } = createProblem({ shape: [40, 30, 35], rank: 3, noise: 0.2, key: key(4) });
    const found = cpRandomized(x, 3, { errorSamples: 4000 });
    expectClose([found.relativeError], [residualOf(x, found)], { factor: 1e3 });
    // A mean of 4000 squares: about 1.1 % of the root.
    expect(Math.abs(Math.min(...found.trace) / found.relativeError - 1)).toBeLessThan(0.06);
    const exactly = cpRandomized(x, 3, { errorSamples: 42000 });
    expectClose([Math.min(...exactly.trace)], [exactly.relativeError], { factor: 1e4 });
  });

  test('an error of 1e-8 is never reported as 0', () => {
    const { tensor: x } = createProblem({ shape: [15, 16, 14], rank: 2, noise: 1e-8, key: key(5) });
    const found = cpRandomized(x, 2, { samples: 80 });
    expectClose([found.relativeError], [residualOf(x, found)], { factor: 1e-6 / toleranceEpsilon });
    expect(found.relativeError).toBeGreaterThan(9e-9);
    expect(found.relativeError).toBeLessThan(1.2e-8);
  });

  test.each([
    ['constants at rank 2', full([3, 4, 5], 7), 2],
    ['a scale of 1e-150', full([13, 14, 15], 1e-150), 2],
    ['a scale of 1e150', full([13, 14, 15], 1e150), 2],
    ['order 1', irregular([6], 1), 3],
    ['order 2 at full rank', irregular([3, 4], 1), 3],
    ['modes of size 1', irregular([1, 4, 1, 3], 1), 3],
    ['all sizes 1', irregular([1, 1, 1], 1), 2],
    ['a rank above every size', irregular([3, 2, 2], 1), 6],
  ])('%s', (_name, x, rank) => {
    for (const samples of [undefined, 20]) {
      const found = cpRandomized(x, rank, { samples });
      for (const v of bitsOf(found)) expect(Number.isFinite(v)).toBe(true);
      expect(found.relativeError).toBeLessThan(1e-10);
    }
  });

  test('zeros are fitted exactly (peer case 27)', () => {
    const found = cpRandomized(zeros([3, 4, 2]), 2);
    for (const v of bitsOf(found)) expect(Number.isFinite(v)).toBe(true);
    expect([found.relativeError, found.status]).toEqual([0, 'converged']);
  });

  test('W has no best rank-2 fit', () => {
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
    const found = cpRandomized(w, 2, { tolerance: 0 });
    expect(found.status).toBe('degenerate');
    expect(found.degeneracy.cosine).toBeLessThan(-0.95);
  });
});

describe('init, progress, determinism', () => {
  const { tensor: x } = createProblem({ shape: [20, 15, 18], rank: 3, noise: 0.1, key: key(1) });
  const start: CpTensor = {
    weights: tensor([2, -3, 1]),
    factors: [20, 15, 18].map((n, m) => irregular([n, 3], m + 1)),
  };

  test('without epochs the start comes back with its error, weights included', () => {
    const found = cpRandomized(x, 3, { init: start, maxIterations: 0 });
    expect(found.weights).toBe(start.weights);
    expect(found.factors).toEqual(start.factors);
    expect([found.status, found.iterations, found.trace]).toEqual(['max-iterations', 0, []]);
    expectClose([found.relativeError], [residualOf(x, start)], { factor: 1e3 });
  });

  test('neither data nor start are written to', () => {
    const parts = [x, start.weights, ...start.factors];
    const before = parts.map((part) => part.toArray());
    cpRandomized(x, 3, { init: start, samples: 50, maxIterations: 3 });
    expect(parts.map((part) => part.toArray())).toEqual(before);
  });

  test('equal keys give equal bits, other keys others', () => {
    const options = { samples: 50, maxIterations: 4 };
    expectSameBits(bitsOf(cpRandomized(x, 3, options)), bitsOf(cpRandomized(x, 3, options)));
    expect(bitsOf(cpRandomized(x, 3, { ...options, key: key(1) }))).not.toEqual(bitsOf(cpRandomized(x, 3, options)));
    const single = astype(x, 'float32');
    expectSameBits(
      bitsOf(cpRandomized(astype(single, 'float64'), 3, options)).slice(0, 3),
      bitsOf(cpRandomized(single, 3, options)).slice(0, 3),
    );
    const turned = transpose(tensor(transpose(x).toArray()));
    expectSameBits(bitsOf(cpRandomized(turned, 3, options)), bitsOf(cpRandomized(x, 3, options)));
  });

  test('progress, abort and tolerance 0', () => {
    const seen: number[] = [];
    const controller = new AbortController();
    const found = cpRandomized(x, 3, {
      tolerance: 0,
      samples: 50,
      signal: controller.signal,
      onProgress: ({ iteration, relativeError }) => {
        seen.push(relativeError);
        expect(iteration).toBe(seen.length);
        if (iteration === 4) controller.abort();
      },
    });
    expect([found.status, found.iterations, found.trace]).toEqual(['aborted', 4, seen]);
    expect(cpRandomized(x, 3, { tolerance: 0, samples: 50, maxIterations: 25 }).iterations).toBe(25);
    expect(cpRandomized(x, 3, { init: start, signal: AbortSignal.abort() }).weights).toBe(start.weights);
  });

  test('the number of samples is reported', () => {
    expect(cpRandomized(x, 3, { maxIterations: 1 }).samples).toBe(256);
    expect(cpRandomized(x, 8, { maxIterations: 1 }).samples).toBe(320);
    expect(cpRandomized(x, 3, { maxIterations: 1, samples: 9 }).samples).toBe(9);
  });
});
