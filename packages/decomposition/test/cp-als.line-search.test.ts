import { fc, test } from '@fast-check/vitest';
import { mul, ones, sub, type Tensor, tensor, zeros } from '@neuronseek/tensor';
import { norm } from '@neuronseek/tensor/linalg';
import { key } from '@neuronseek/tensor/random';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { type CpTensor, collinearFactors, cpAls, cpToTensor, createProblem } from '../src/index.js';

const size = (x: Tensor): number => norm(tensor(x.toTypedArray())).item();
const trueError = (x: Tensor, cp: CpTensor): number => size(sub(x, cpToTensor(cp))) / size(x);

describe('cpAls with exact line search', () => {
  test.prop([fc.nat(999), fc.integer({ min: 2, max: 4 }), fc.constantFrom(0, 0.1, 1)], { numRuns: 25 })(
    'the error never rises and is the true one',
    (seed, order, noise) => {
      const shape = [6, 5, 4, 3].slice(0, order);
      const { tensor: x } = createProblem({ shape, rank: 2, noise, collinearity: 0.8, key: key(seed) });
      const result = cpAls(x, 3, { lineSearch: true, key: key(seed + 1), maxIterations: 40, tolerance: 0 });
      result.trace.forEach((error, i) => {
        if (i > 0) expect(error).toBeLessThanOrEqual(result.trace[i - 1] * (1 + 1e-7) + 1e-14);
      });
      expectClose([result.relativeError], [trueError(x, result)], { factor: 1e6, scale: 1e-3 + result.relativeError });
    },
  );

  test.prop([fc.nat(99), fc.constantFrom(1e-5, 1e-6, 1e-7), fc.constantFrom(0.5, 0.1, 1e-3)], { numRuns: 30 })(
    'errors have six digits however loose the tolerance',
    (seed, noise, tolerance) => {
      const { tensor: x, solution: init } = createProblem({ shape: [4, 4, 4], rank: 3, noise, key: key(seed) });
      const result = cpAls(x, 3, { init, lineSearch: true, tolerance, maxIterations: 4 });
      expect(result.relativeError / trueError(x, result)).toBeCloseTo(1, 5);
    },
  );

  test('swamps are crossed in far fewer sweeps', () => {
    const sweeps = [false, true].map((lineSearch) =>
      [1, 2, 3, 4, 5].map((seed) => {
        const factors = collinearFactors({ shape: [8, 9, 10], rank: 3, collinearity: 0.9, key: key(seed) });
        const x = cpToTensor({ weights: ones([3]), factors });
        const { trace } = cpAls(x, 3, { lineSearch, key: key(seed), tolerance: 0, maxIterations: 600 });
        const reached = trace.findIndex((error) => error < 1e-3);
        return reached === -1 ? 600 : reached;
      }),
    );
    const [plain, extrapolated] = sweeps.map((list) => list.reduce((a, b) => a + b, 0));
    expect(extrapolated).toBeLessThan(0.67 * plain);
  });

  test.prop([fc.nat(99), fc.nat(2)], { numRuns: 10 })('fixed modes stay, to the bit', (seed, mode) => {
    const { tensor: x } = createProblem({ shape: [5, 4, 6], rank: 2, noise: 0.3, key: key(seed) });
    const init = createProblem({ shape: [5, 4, 6], rank: 2, key: key(seed + 1) }).solution;
    const result = cpAls(x, 2, { init, fixedModes: [mode], lineSearch: true, maxIterations: 20, tolerance: 0 });
    expect(result.factors[mode]).toBe(init.factors[mode]);
    expectClose([result.relativeError], [trueError(x, result)], { factor: 1e6 });
  });

  test('zeros, constants, order 1, ranks above every size', () => {
    for (const x of [zeros([3, 4, 2]), mul(ones([3, 3, 3]), 1e150), tensor([1, 2, 3]), ones([2, 1, 2])]) {
      const result = cpAls(x, 4, { lineSearch: true, maxIterations: 30, tolerance: 0 });
      expect(result.relativeError).toBeLessThan(1e-7);
      for (const factor of result.factors) expect(factor.toTypedArray().every(Number.isFinite)).toBe(true);
    }
  });

  test('does not go with a ridge', () => {
    expect(() => cpAls(ones([2, 2]), 1, { lineSearch: true, ridge: 0.5 })).toThrow(
      new RangeError('cpAls: lineSearch does not go with a ridge: ridge is 0.5'),
    );
  });
});
