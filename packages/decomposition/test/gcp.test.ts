import { abs, add, full, mul, ones, sub, sum, type Tensor, tensor, transpose, zeros } from '@neuronseek/tensor';
import { key, normal, uniform } from '@neuronseek/tensor/random';
import { checkMonotone, expectClose, expectSameBits, toleranceEpsilon } from '@neuronseek/testkit';
import { describe, expect, test } from 'vitest';
import {
  type CpTensor,
  cpAls,
  cpToTensor,
  createProblem,
  factorMatchScore,
  type GcpLossName,
  type GcpOptions,
  type GcpResult,
  gcp,
} from '../src/index.js';
import { irregular } from './irregular.js';

/** Steps few enough for a test. */
const short: GcpOptions = { samples: 50, epochSteps: 20 };

const norm = (x: Tensor): number => Math.sqrt(sum(mul(x, x)).item());
const entries = (x: Tensor): number[] => Array.from(x.toTypedArray());

function expectSound(found: GcpResult): void {
  const parts = [found.weights, ...found.factors].flatMap(entries);
  for (const v of [...parts, found.objective, found.gradientNorm, ...found.trace])
    expect(Number.isFinite(v)).toBe(true);
}

/** Positive factors of rank 2 and the tensor of rates they make, up to about 8. */
const rates = ((): CpTensor => {
  const factors = [7, 6, 5].map((n, mode) => add(0.1, tensor(uniform(key(mode), 2 * n), [n, 2])));
  return { weights: tensor([4, 6]), factors };
})();
const rate = cpToTensor(rates);
/** Counts near these rates. */
const counts = tensor(
  rate.toTypedArray().map((m, q) => Math.max(0, Math.round(m + Math.sqrt(m) * normal(key(77), 210)[q]))),
  rate.shape,
);

describe('against closed forms', () => {
  // One mode and rank 1: every element has a parameter of its own.
  const x = tensor([0.5, 2, 7, 1]);
  test.each<[GcpLossName, GcpOptions, (x: number) => number]>([
    ['normal', {}, (v) => v],
    ['huber', {}, (v) => v],
    ['poisson', {}, (v) => v],
    ['poisson-log', {}, (v) => Math.log(v)],
    ['gamma', {}, (v) => v],
    ['rayleigh', {}, (v) => (v * Math.sqrt(Math.PI)) / 2],
    ['negative-binomial', { failures: 3 }, (v) => v / 3],
    ['beta', { beta: 0.5 }, (v) => v],
    ['beta', { beta: 1.5 }, (v) => v],
    ['beta', { beta: -1 }, (v) => v],
  ])('%s of a vector: each element by itself (%o)', (loss, options, best) => {
    const found = gcp(x, 1, { loss, ...options, tolerance: 1e-15 });
    expectClose(cpToTensor(found).toTypedArray(), entries(x).map(best), { factor: 1e-4 / toleranceEpsilon });
  });

  test.each<[GcpLossName, (p: number) => number]>([
    ['bernoulli-odds', (p) => p / (1 - p)],
    ['bernoulli-logit', (p) => Math.log(p / (1 - p))],
    ['poisson', (p) => p],
    ['normal', (p) => p],
  ])('%s with the other mode fixed at ones: a parameter for each row, from its mean', (loss, best) => {
    const rows = tensor([
      [1, 0, 0, 1, 0],
      [1, 1, 0, 1, 1],
      [0, 0, 1, 0, 0],
    ]);
    const init = { weights: tensor([1]), factors: [full([3, 1], 0.5), ones([5, 1])] };
    const found = gcp(rows, 1, { loss, init, fixedModes: [1], tolerance: 1e-15 });
    expect(found.factors[1]).toBe(init.factors[1]);
    const model = mul(found.factors[0], found.weights);
    expectClose(model.toTypedArray(), [0.4, 0.8, 0.2].map(best), { factor: 1e-6 / toleranceEpsilon });
  });

  test('poisson at rank 1: the product of the marginals over the total, squared', () => {
    const found = gcp(counts, 1, { loss: 'poisson', tolerance: 1e-14 });
    const total = sum(counts).item();
    const marginals = [0, 1, 2].map((mode) => sum(counts, { axes: [0, 1, 2].filter((n) => n !== mode) }));
    const expected = cpToTensor({
      weights: tensor([1 / total ** 2]),
      factors: marginals.map((m) => tensor(entries(m), [m.size, 1])),
    });
    expectClose(cpToTensor(found).toTypedArray(), expected.toTypedArray(), { factor: 1e-6 / toleranceEpsilon });
    expect(found.status).toBe('converged');
  });

  test('huber passes over outliers that squares follow', () => {
    const truth = createProblem({ shape: [8, 7, 6], rank: 2, key: key(3) });
    const spoilt = Float64Array.from(truth.tensor.toTypedArray());
    const size = norm(truth.tensor) / Math.sqrt(spoilt.length);
    for (let q = 0; q < spoilt.length; q += 29) spoilt[q] += 30 * size;
    const x = tensor(spoilt, truth.tensor.shape);
    const off = (loss: GcpLossName): number =>
      norm(sub(cpToTensor(gcp(x, 2, { loss, delta: 0.01 * size, key: key(1) })), truth.tensor)) / norm(truth.tensor);
    expect(off('huber')).toBeLessThan(0.01);
    expect(off('normal')).toBeGreaterThan(0.3);
  });
});

describe('normal', () => {
  const { tensor: x } = createProblem({ shape: [6, 5, 4], rank: 2, noise: 0.1, key: key(4) });

  test('is least squares: the optimum of ALS, the objective its squared residual', () => {
    const found = gcp(x, 2, { tolerance: 1e-13 });
    const als = cpAls(x, 2, { tolerance: 1e-13 });
    expect(factorMatchScore(found, als).score).toBeGreaterThan(1 - 1e-8);
    const squares = norm(sub(x, cpToTensor(found))) ** 2;
    expectClose([found.objective], [squares], { factor: 1e4 });
    expectClose([Math.sqrt(squares) / norm(x)], [als.relativeError], { factor: 1e-8 / toleranceEpsilon });
  });

  test('under a ridge it is ridged ALS', () => {
    const found = gcp(x, 2, { ridge: 0.5, tolerance: 1e-13 });
    const als = cpAls(x, 2, { ridge: 0.5, init: found, tolerance: 1e-13 });
    expect(norm(sub(cpToTensor(found), cpToTensor(als)))).toBeLessThan(1e-5 * norm(x));
  });

  test.each([2 ** -490, 2 ** 490])('data scaled by %d give the same factors', (scale) => {
    for (const loss of ['normal', 'huber'] as const) {
      const plain = gcp(x, 2, { loss, delta: 0.5 });
      const found = gcp(mul(scale, x), 2, { loss, delta: 0.5 * scale });
      found.factors.forEach((factor, n) => {
        expectClose(factor.toTypedArray(), plain.factors[n].toTypedArray(), { factor: 1e8 });
      });
      expectClose(mul(1 / scale, found.weights).toTypedArray(), plain.weights.toTypedArray(), { factor: 1e8 });
    }
  });
});

describe('poisson', () => {
  const found = gcp(counts, 2, { loss: 'poisson', tolerance: 1e-13 });

  test('nonnegative, normalised, close to the rates, nothing left to gain', () => {
    expectSound(found);
    expect(found.status).toBe('converged');
    for (const factor of found.factors) for (const v of entries(factor)) expect(v).toBeGreaterThanOrEqual(0);
    expectClose(
      found.factors.map((f) => norm(f) ** 2),
      [2, 2, 2],
      { factor: 64 },
    );
    checkMonotone(found.trace, { factor: 1e4 });
    expect(norm(sub(cpToTensor(found), rate))).toBeLessThan(0.4 * norm(rate));
    expect(found.gradientNorm).toBeLessThan(1e-3);
  });

  test('twenty multiplicative updates (Lee & Seung 2001) from there lower the objective no further', () => {
    // A₀ ← A₀ ∘ ((X / M)₍₀₎ KR) / (1 KR) and so on: monotone for this loss, and at rest only at a stationary point.
    const objective = (model: Tensor): number =>
      entries(model).reduce((total, m, q) => total + m - entries(counts)[q] * Math.log(m + 1e-10), 0);
    let factors = found.factors.map((f, n) => (n === 0 ? mul(f, found.weights) : f));
    const before = objective(cpToTensor({ weights: ones([2]), factors }));
    expectClose([found.objective], [before], { factor: 1e4 });
    for (let sweep = 0; sweep < 20; sweep++) {
      for (let mode = 0; mode < 3; mode++) {
        const m = entries(cpToTensor({ weights: ones([2]), factors }));
        const [above, below] = [new Float64Array(factors[mode].size), new Float64Array(factors[mode].size)];
        for (let q = 0; q < m.length; q++) {
          const at = [Math.floor(q / 30), Math.floor(q / 5) % 6, q % 5];
          for (let r = 0; r < 2; r++) {
            const others = at.reduce((p, i, n) => (n === mode ? p : p * entries(factors[n])[2 * i + r]), 1);
            above[2 * at[mode] + r] += (others * entries(counts)[q]) / (m[q] + 1e-300);
            below[2 * at[mode] + r] += others;
          }
        }
        const updated = entries(factors[mode]).map((v, q) => (v * above[q]) / below[q]);
        factors = factors.map((f, n) => (n === mode ? tensor(Float64Array.from(updated), f.shape) : f));
      }
      if (sweep % 10 === 9) {
        const after = objective(cpToTensor({ weights: ones([2]), factors }));
        expect(before - after).toBeLessThan(1e-6 * Math.abs(before));
      }
    }
  });

  test('the same loss as functions of one’s own gives the same bits', () => {
    const init = { weights: tensor([1, 2]), factors: rates.factors };
    const options = { init, maxIterations: 20 };
    const named = gcp(counts, 2, { ...options, loss: { ...gcpLoss, lower: 0 } });
    const own = gcp(counts, 2, { ...options, loss: { ...gcpLoss, lower: 0, start: 5 } });
    expectSameBits(own.trace, named.trace);
    const known = gcp(counts, 2, { ...options, loss: 'poisson' });
    expectClose(named.trace, known.trace, { factor: 1e6 });
  });

  const gcpLoss = {
    value: (x: number, m: number): number => m - x * Math.log(m + 1e-10),
    derivative: (x: number, m: number): number => 1 - x / (m + 1e-10),
  };

  test('a lower bound other than 0 holds for the factors as they are returned', () => {
    const bounded = gcp(counts, 2, { loss: { ...gcpLoss, lower: 0.3, start: 4 } });
    expect(bounded.weights.toArray()).toEqual([1, 1]);
    const all = bounded.factors.flatMap(entries);
    for (const v of all) expect(v).toBeGreaterThanOrEqual(0.3);
    expect(all).toContain(0.3);
  });
});

test('bernoulli: odds and log-odds tell ones from zeros', () => {
  const chance = entries(rate).map((m) => m / (1 + m));
  const draws = uniform(key(5), chance.length);
  const x = tensor(
    Float64Array.from(chance, (p, q) => (draws[q] < p ? 1 : 0)),
    rate.shape,
  );
  const entropy = chance.reduce((total, p) => total - p * Math.log(p) - (1 - p) * Math.log(1 - p), 0);
  for (const loss of ['bernoulli-odds', 'bernoulli-logit'] as const) {
    const found = gcp(x, 2, { loss });
    expectSound(found);
    // The likelihood of the fit beats that of the truth, and the objective is that likelihood.
    expect(found.objective).toBeLessThan(1.1 * entropy);
    const m = entries(cpToTensor(found));
    const terms =
      loss === 'bernoulli-odds'
        ? m.map((odds, q) => Math.log1p(odds) - entries(x)[q] * Math.log(odds + 1e-10))
        : m.map((logit, q) => Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - entries(x)[q] * logit);
    const likelihood = terms.reduce((total, term) => total + term, 0);
    expectClose([found.objective], [likelihood], { factor: 1e6 });
  }
});

describe.each(['lbfgs', 'adam'] as const)('mask, method %s', (method) => {
  const mask = tensor(
    Float64Array.from({ length: 210 }, (_, q) => (q % 3 === 1 ? 0 : 1)),
    counts.shape,
  );
  const options: GcpOptions = { ...short, loss: 'poisson', method, mask, maxIterations: 8 };

  test.each([Number.NaN, 999, -5, Infinity, 0.5])('%d under it makes no difference (peer case 39)', (junk) => {
    const spoilt = tensor(
      counts.toTypedArray().map((v, q) => (q % 3 === 1 ? junk : v)),
      counts.shape,
    );
    const found = gcp(spoilt, 2, options);
    const expected = gcp(counts, 2, options);
    expectSameBits(found.trace, expected.trace);
    expectSameBits(found.weights.toTypedArray(), expected.weights.toTypedArray());
  });

  test('of ones it is none', () => {
    const all = gcp(counts, 2, { ...options, mask: ones(counts.shape) });
    expectSameBits(all.trace, gcp(counts, 2, { ...options, mask: undefined }).trace);
  });

  test('what is missing is filled in', () => {
    const { tensor: x } = createProblem({ shape: [7, 6, 5], rank: 2, key: key(6) });
    const known = tensor(
      Float64Array.from({ length: 210 }, (_, q) => (q % 4 === 1 ? 0 : 1)),
      x.shape,
    );
    const found = gcp(x, 2, { method, mask: known, samples: 100, maxIterations: method === 'adam' ? 60 : 500 });
    expect(norm(sub(cpToTensor(found), x))).toBeLessThan((method === 'adam' ? 0.02 : 1e-4) * norm(x));
  });
});

describe('adam', () => {
  test('comes close to the optimum, its trace never rises, the objective is exact', () => {
    const best = gcp(counts, 2, { loss: 'poisson' });
    const found = gcp(counts, 2, { loss: 'poisson', method: 'adam', samples: 100 });
    expectSound(found);
    expect(found.status).toBe('converged');
    checkMonotone(found.trace, { factor: 0 });
    const first = gcp(counts, 2, { loss: 'poisson', method: 'adam', maxIterations: 0 });
    expect(found.objective - best.objective).toBeLessThan(0.01 * (first.objective - best.objective));
    const again = gcp(counts, 2, { loss: 'poisson', init: found, maxIterations: 0 });
    expectClose([found.objective], [again.objective], { factor: 1e4 });
    for (const factor of found.factors) for (const v of entries(factor)) expect(v).toBeGreaterThanOrEqual(0);
  });

  test('an epoch lowers the distance to the data; one that diverges is taken back (peer case 35)', () => {
    const { tensor: x } = createProblem({ shape: [6, 5, 4], rank: 2, key: key(8) });
    const init: CpTensor = { weights: ones([2]), factors: [6, 5, 4].map((n, mode) => irregular([n, 2], mode + 4)) };
    const away = (cp: CpTensor): number => norm(sub(cpToTensor(cp), x));
    const one = gcp(x, 2, { ...short, method: 'adam', init, maxIterations: 1 });
    expect(away(one)).toBeLessThan(away(init));
    const far = gcp(x, 2, { ...short, method: 'adam', init, maxIterations: 1, learningRate: 1e6 });
    expect(far.weights).toBe(init.weights);
    expect(far.factors).toEqual(init.factors);
    expect([far.status, far.iterations]).toEqual(['max-iterations', 1]);
    // Later epochs, with shorter steps, get there in the end.
    const later = gcp(x, 2, { ...short, method: 'adam', init, maxIterations: 12, learningRate: 1e4, tolerance: 0 });
    expect(later.iterations).toBe(12);
    expect(away(later)).toBeLessThan(away(init));
  });

  test('equal keys give equal bits, others others', () => {
    const options: GcpOptions = { ...short, loss: 'poisson', method: 'adam', init: rates, maxIterations: 3 };
    const a = gcp(counts, 2, options);
    expectSameBits(gcp(counts, 2, options).trace, a.trace);
    expect(gcp(counts, 2, { ...options, key: key(9) }).trace).not.toEqual(a.trace);
  });
});

describe.each(['lbfgs', 'adam'] as const)('small and degenerate input, method %s', (method) => {
  const names: GcpLossName[] = [
    'normal',
    'huber',
    'poisson',
    'poisson-log',
    'bernoulli-odds',
    'bernoulli-logit',
    'gamma',
    'rayleigh',
    'negative-binomial',
    'beta',
  ];
  test.each(names)('%s of zeros, ones, a vector, a matrix, modes of size 1, at ranks too high', (loss) => {
    const x = tensor([0, 1, 1, 0, 1, 0]);
    for (const data of [zeros([3, 2]), ones([2, 3, 2]), x, tensor(entries(x), [2, 3]), tensor(entries(x), [1, 6, 1])]) {
      const found = gcp(data, 3, { ...short, loss, method, maxIterations: method === 'adam' ? 3 : 100 });
      expectSound(found);
      const start = gcp(data, 3, { loss, method, maxIterations: 0 });
      expect(found.objective).toBeLessThanOrEqual(start.objective);
    }
  });

  test('zeros have the model zero', () => {
    for (const loss of ['normal', 'huber', 'poisson', 'bernoulli-odds', 'negative-binomial'] as const) {
      const found = gcp(zeros([3, 4]), 2, { ...short, loss, method });
      expect(norm(cpToTensor(found))).toBe(0);
      expect([found.objective, found.status]).toEqual([0, 'converged']);
    }
  });

  test('a loss that is not finite at the start: diverged, the start returned', () => {
    const init = { weights: ones([1]), factors: [ones([2, 1]), ones([3, 1])] };
    for (const bad of [Number.NaN, Infinity]) {
      const value = gcp(ones([2, 3]), 1, { init, method, loss: { value: () => bad, derivative: () => 0 } });
      expect([value.status, value.iterations, value.factors]).toEqual(['diverged', 0, init.factors]);
    }
    // Peer case 35: a gradient that is infinite. Samples do not look at gradients before they step, and what they step to is taken back.
    const loss = { value: () => 1, derivative: () => Infinity };
    const found = gcp(ones([2, 3]), 1, { init, method, loss, maxIterations: 2 });
    expect(found.factors).toEqual(init.factors);
    if (method === 'lbfgs') expect(found.status).toBe('diverged');
  });

  test('an abort, progress, tolerance 0, and no iterations', () => {
    const seen: number[] = [];
    const controller = new AbortController();
    const found = gcp(counts, 2, {
      ...short,
      loss: 'poisson',
      method,
      tolerance: 0,
      signal: controller.signal,
      onProgress: ({ iteration, objective }) => {
        seen.push(objective);
        if (iteration === 3) controller.abort();
      },
    });
    expect([found.status, found.iterations, found.trace]).toEqual(['aborted', 3, seen]);
    expect(gcp(counts, 2, { ...short, loss: 'poisson', method, tolerance: 0, maxIterations: 9 }).iterations).toBe(9);
    const before = [rates.weights, ...rates.factors].map(entries);
    const none = gcp(counts, 2, { loss: 'poisson', method, init: rates, maxIterations: 0 });
    expect([none.weights, none.factors, none.status]).toEqual([rates.weights, rates.factors, 'max-iterations']);
    gcp(counts, 2, { ...short, loss: 'poisson', method, init: rates, maxIterations: 2 });
    expect([rates.weights, ...rates.factors].map(entries)).toEqual(before);
  });
});

test('permuted modes of data and start give a permuted fit', () => {
  const init = { weights: ones([2]), factors: rates.factors.map((f) => abs(f)) };
  const turned = { weights: init.weights, factors: [init.factors[2], init.factors[0], init.factors[1]] };
  const a = gcp(counts, 2, { loss: 'gamma', init, tolerance: 1e-13 });
  const b = gcp(transpose(counts, [2, 0, 1]), 2, { loss: 'gamma', init: turned, tolerance: 1e-13 });
  expectClose([b.objective], [a.objective], { factor: 1e-8 / toleranceEpsilon });
});
