import { fc, test } from '@fast-check/vitest';
import { astype, matmul, mul, slice, sub, sum, type Tensor, tensor, transpose, zeros } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  type CpTensor,
  cpAls,
  cpAlsDefaults,
  cpNorm,
  cpToTensor,
  createProblem,
  type FitProgress,
  factorMatchScore,
  initializeCp,
} from '../src/index.js';
import { irregular } from './irregular.js';

const x = irregular([4, 3, 5], 2);
const start: CpTensor = {
  weights: tensor([2, -3]),
  factors: [irregular([4, 2], 1), irregular([3, 2], 2), irregular([5, 2], 3)],
};
const norm = (t: Tensor): number => Math.sqrt(sum(mul(t, t)).item());

describe('init', () => {
  test('without sweeps the start comes back, weights included, with its error and gradient', () => {
    const found = cpAls(x, 2, { init: start, maxIterations: 0 });
    expect(found.weights).toBe(start.weights);
    expect(found.factors).toEqual(start.factors);
    expect([found.status, found.iterations, found.trace]).toEqual(['max-iterations', 0, []]);
    const error = norm(sub(x, cpToTensor(start))) / norm(x);
    expectClose([found.relativeError], [error], { factor: 100 });
    expect(found.gradientNorm).toBeGreaterThan(0);
  });

  test('random is that of initializeCp, svd nearly', () => {
    for (const [init, share] of [
      ['random', 0],
      ['svd', 0.01],
    ] as const) {
      const expected = initializeCp(x, 3, { method: init, key: key(8) });
      const found = cpAls(x, 3, { init, key: key(8), maxIterations: 0 });
      expect(found.weights.toArray()).toEqual([1, 1, 1]);
      found.factors.forEach((factor, n) => {
        const moved = sub(factor, expected.factors[n]);
        for (let r = 0; r < 3; r++) {
          expectClose([norm(slice(moved, [undefined, r]))], [share], { factor: 8, scale: 1 });
        }
      });
    }
  });

  test('is never written to', () => {
    const parts = [start.weights, ...start.factors];
    const before = parts.map((part) => part.toArray());
    cpAls(x, 2, { init: start, maxIterations: 5, fixedModes: [1], ridge: 0.1 });
    expect(parts.map((part) => part.toArray())).toEqual(before);
  });

  test('strided views and float32 are read as what they say', () => {
    const views = { ...start, factors: start.factors.map((factor) => transpose(tensor(transpose(factor).toArray()))) };
    const options = { maxIterations: 4 };
    const expected = cpAls(x, 2, { init: start, ...options });
    expectSameBits(cpAls(x, 2, { init: views, ...options }).trace, expected.trace);
    const turned = transpose(tensor(transpose(x).toArray()));
    expectSameBits(cpAls(turned, 2, { init: start, ...options }).trace, expected.trace);
    const single = astype(x, 'float32');
    expectSameBits(
      cpAls(single, 2, { init: start, ...options }).trace,
      cpAls(astype(single, 'float64'), 2, { init: start, ...options }).trace,
    );
  });
});

describe('fixedModes', () => {
  const subsets = fc.subarray([0, 1, 2], { minLength: 1, maxLength: 2 });

  test.prop([subsets], { numRuns: 20 })(
    'keep their factors, the last mode’s included, and the error falls',
    (fixedModes) => {
      const found = cpAls(x, 2, { init: start, fixedModes, maxIterations: 10, tolerance: 0 });
      for (const mode of fixedModes) expect(found.factors[mode]).toBe(start.factors[mode]);
      const residual = norm(sub(x, cpToTensor(found))) / norm(x);
      expectClose([found.relativeError], [residual], { factor: 1000 });
      const best = cpAls(x, 2, { init: start, maxIterations: 0 });
      expect(found.relativeError).toBeLessThan(best.relativeError);
      // Nothing is left to gain in the one free mode after it was solved for.
      if (fixedModes.length === 2) expect(found.gradientNorm).toBeLessThan(1e-14);
    },
  );

  test('two modes fixed at the truth: one sweep is a least-squares problem with the exact answer', () => {
    const { tensor: exact, solution } = createProblem({ shape: [4, 5, 6], rank: 3, key: key(4) });
    const scaled = { ...solution, weights: tensor([1, 1, 1]) };
    const found = cpAls(exact, 3, { init: scaled, fixedModes: [0, 2] });
    expect(found.relativeError).toBeLessThan(1e-14);
    expectClose(found.weights.toTypedArray(), solution.weights.toTypedArray(), { factor: 1e4 });
  });

  test('all of them: the start, its error, no sweep', () => {
    const found = cpAls(x, 2, { init: start, fixedModes: [2, 0, 1, 1] });
    expect([found.status, found.iterations, found.gradientNorm]).toEqual(['converged', 0, 0]);
    expect(found.weights).toBe(start.weights);
    expectClose([found.relativeError], [norm(sub(x, cpToTensor(start))) / norm(x)], { factor: 100 });
  });

  test('a zero column that may not change gets weight zero', () => {
    const init = {
      ...start,
      factors: [
        tensor([
          [1, 0],
          [2, 0],
          [3, 0],
          [4, 0],
        ]),
        ...start.factors.slice(1),
      ],
    };
    const found = cpAls(x, 2, { init, fixedModes: [0], maxIterations: 5 });
    expect(found.weights.toTypedArray()[1]).toBe(0);
    expect(Number.isFinite(found.relativeError)).toBe(true);
  });
});

describe('ridge', () => {
  /** ‖x - model‖² + ridge · Σₙ ‖Aₙ‖² for weights spread evenly over the factors, where the sum is smallest. */
  const objective = (cp: CpTensor, ridge: number): number => {
    const penalty = Array.from(cp.weights.toTypedArray()).reduce((total, w) => total + 3 * Math.cbrt(w) ** 2, 0);
    return norm(sub(x, cpToTensor(cp))) ** 2 + ridge * penalty;
  };

  test('the fit is stationary for the penalised objective, and smaller than without', () => {
    const ridge = 0.3;
    const found = cpAls(x, 2, { init: start, ridge, tolerance: 1e-14 });
    const plain = cpAls(x, 2, { init: found });
    expect(found.status).toBe('converged');
    expect(found.gradientNorm).toBeLessThan(1e-6);
    expect(cpNorm(found)).toBeLessThan(cpNorm(plain));
    expect(found.relativeError).toBeGreaterThan(plain.relativeError);
    // No component can be scaled, no factor moved, to lower it.
    const value = objective(found, ridge);
    expect(value).toBeLessThan(objective(plain, ridge));
    for (const h of [1e-3, -1e-3]) {
      for (let r = 0; r < 2; r++) {
        const weights = found.weights.toTypedArray().map((w, s) => (s === r ? w * (1 + h) : w));
        expect(objective({ ...found, weights: tensor(weights) }, ridge)).toBeGreaterThan(value);
      }
      found.factors.forEach((factor, n) => {
        const moved = tensor(
          factor.toTypedArray().map((v, q) => v + (q === 0 ? h : 0)),
          factor.shape,
        );
        // Only the direction: the moved column keeps its norm.
        const length = Math.sqrt(sum(mul(slice(moved, [undefined, 0]), slice(moved, [undefined, 0]))).item());
        const unit = mul(moved, tensor([1 / length, 1]));
        const factors = found.factors.map((f, m) => (m === n ? unit : f));
        expect(objective({ ...found, factors }, ridge)).toBeGreaterThan(value);
      });
    }
  });

  test('goes on while the penalised objective falls, even where the error rises', () => {
    let rising = 0;
    for (let seed = 0; seed < 10; seed++) {
      const { trace, status, gradientNorm } = cpAls(x, 3, { key: key(seed), ridge: 0.3 });
      rising += Number(trace.some((error, k) => k > 0 && error > trace[k - 1]));
      expect([seed, status]).toEqual([seed, 'converged']);
      expect(gradientNorm).toBeLessThan(1e-3);
    }
    expect(rising).toBeGreaterThan(0);
  });

  test('at the start, weights count as part of the first free factor', () => {
    for (const [first, fixedModes] of [
      [0, []],
      [1, [0]],
    ] as const) {
      const column = (factor: Tensor, m: number): Tensor => (m === first ? mul(factor, start.weights) : factor);
      const absorbed = { weights: tensor([1, 1]), factors: start.factors.map(column) };
      const options = { ridge: 0.3, maxIterations: 0, fixedModes };
      const [a, b] = [start, absorbed].map((init) => cpAls(x, 2, { init, ...options }).gradientNorm);
      expectClose([a], [b], { factor: 100 });
    }
  });

  test('is in units of the data: x·c³, a start times c and a ridge times c⁴ give the same model times c³', () => {
    const larger = { ...start, factors: start.factors.map((factor) => mul(factor, 4)) };
    const a = cpAls(x, 2, { init: start, ridge: 0.5, maxIterations: 9 });
    const b = cpAls(mul(x, 64), 2, { init: larger, ridge: 0.5 * 256, maxIterations: 9 });
    expectSameBits(b.trace, a.trace);
    expectSameBits(
      b.weights.toTypedArray(),
      a.weights.toTypedArray().map((w) => w * 64),
    );
  });

  test('one stronger than the data leaves nothing, and says so', () => {
    const found = cpAls(x, 2, { init: start, ridge: 1e5 });
    expect(found.weights.toArray()).toEqual([0, 0]);
    expect([found.relativeError, found.gradientNorm, found.status]).toEqual([1, 0, 'converged']);
  });
});

describe('running', () => {
  test('onProgress is told of every sweep; tolerance 0 runs all of them', () => {
    const events: FitProgress[] = [];
    const found = cpAls(x, 2, {
      init: start,
      maxIterations: 7,
      tolerance: 0,
      onProgress: (event) => events.push(event),
    });
    expect(events.map((event) => event.iteration)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(events.map((event) => event.relativeError)).toEqual(found.trace);
    expect([found.iterations, found.status]).toEqual([7, 'max-iterations']);
  });

  test('an abort returns what is there so far', () => {
    const controller = new AbortController();
    const found = cpAls(x, 2, {
      init: start,
      signal: controller.signal,
      onProgress: ({ iteration }) => {
        if (iteration === 3) controller.abort();
      },
    });
    expect([found.status, found.iterations]).toEqual(['aborted', 3]);
    const three = cpAls(x, 2, { init: start, maxIterations: 3, tolerance: 0 });
    expectSameBits(found.weights.toTypedArray(), three.weights.toTypedArray());
    const early = cpAls(x, 2, { init: start, signal: AbortSignal.abort() });
    expect([early.status, early.iterations, early.weights]).toEqual(['aborted', 0, start.weights]);
  });

  test('converged means that one more sweep gains less than the tolerance', () => {
    const tolerance = 1e-5;
    const { trace, status } = cpAls(x, 2, { init: start, tolerance });
    expect(status).toBe('converged');
    trace.slice(1).forEach((error, k) => {
      const gain = (trace[k] - error) / trace[k];
      expect(gain <= tolerance).toBe(k === trace.length - 2);
    });
  });

  test('the gradient is that of half the squared relative error, by differences', () => {
    const found = cpAls(x, 2, { init: start, maxIterations: 2, tolerance: 0 });
    const half = (factors: Tensor[]): number => norm(sub(x, cpToTensor({ ...found, factors }))) ** 2 / 2 / norm(x) ** 2;
    const weights = found.weights.toTypedArray();
    let squares = 0;
    found.factors.forEach((factor, n) => {
      factor.toTypedArray().forEach((_, q) => {
        // The factor that carries the weights moves by h·‖x‖: its column of unit norm by that over the weight.
        const h = 1e-6;
        const step = (h * norm(x)) / weights[q % 2];
        const [up, down] = [step, -step].map((s) => {
          const moved = tensor(
            factor.toTypedArray().map((v, p) => (p === q ? v + s : v)),
            factor.shape,
          );
          return half(found.factors.map((f, m) => (m === n ? moved : f)));
        });
        squares += ((up - down) / (2 * h)) ** 2;
      });
    });
    expectClose([Math.sqrt(squares)], [found.gradientNorm], { factor: 1e7 });
  });

  test('a result is a CP tensor that JSON can hold', () => {
    const found = cpAls(x, 2, { maxIterations: 2 });
    expect(factorMatchScore(found, found).score).toBeCloseTo(1, 12);
    const { weights, factors, ...diagnostics } = found;
    expect(JSON.parse(JSON.stringify(diagnostics))).toEqual(diagnostics);
    expect(matmul(transpose(factors[0]), factors[0]).shape).toEqual([2, 2]);
    expect(weights.dtype).toBe('float64');
  });

  test('options given as undefined mean the default', () => {
    const all = { init: undefined, key: undefined, tolerance: undefined, ridge: undefined, fixedModes: undefined };
    const found = cpAls(x, 2, { ...all, maxIterations: 3 });
    expectSameBits(found.trace, cpAls(x, 2, { ...cpAlsDefaults, maxIterations: 3 }).trace);
    expect(cpAls(zeros([2, 2]), 1, { maxIterations: undefined }).iterations).toBe(2);
  });
});
