import { fc, test } from '@fast-check/vitest';
import { abs, max, mul, ones, sub, type Tensor, tensor, zeros } from '@neuronseek/tensor';
import { norm } from '@neuronseek/tensor/linalg';
import { key, normal, split, uniform } from '@neuronseek/tensor/random';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  type CpNonnegativeOptions,
  type CpTensor,
  cpAls,
  cpNonnegative,
  cpToTensor,
  factorMatchScore,
  mttkrp,
} from '../src/index.js';

/** A nonnegative CP tensor, half of its entries 0. */
function sparse(shape: readonly number[], rank: number, seed: number): CpTensor {
  const keys = split(key(seed), shape.length);
  return {
    weights: ones([rank]),
    factors: shape.map((n, m) =>
      tensor(
        uniform(keys[m], n * rank).map((v) => Math.max(0, v - 0.4)),
        [n, rank],
      ),
    ),
  };
}

const noisy = (x: Tensor, level: number, seed: number): Tensor => {
  const e = tensor(normal(key(seed), x.size), x.shape);
  return tensor(
    x.toTypedArray().map((v, q) => v + (level * size(x) * e.toTypedArray()[q]) / size(e)),
    x.shape,
  );
};
const size = (x: Tensor): number => norm(tensor(x.toTypedArray())).item();
const entries = ({ factors, weights }: CpTensor): number[] =>
  [weights, ...factors].flatMap((t) => [...t.toTypedArray()]);
const trueError = (x: Tensor, cp: CpTensor): number => size(sub(x, cpToTensor(cp))) / size(x);

const problem = fc.record({
  shape: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
  rank: fc.integer({ min: 1, max: 4 }),
  seed: fc.nat(999),
  level: fc.constantFrom(0, 0.1, 2),
  method: fc.constantFrom('hals' as const, 'mu' as const),
});

describe('cpNonnegative', () => {
  test.prop([problem], { numRuns: 40 })('nonnegative factors, an error that never rises and is the true one', (p) => {
    const x = noisy(cpToTensor(sparse(p.shape, p.rank, p.seed)), p.level, p.seed + 1);
    if (size(x) === 0) return;
    const result = cpNonnegative(x, p.rank, {
      method: p.method,
      key: key(p.seed + 2),
      maxIterations: 30,
      tolerance: 0,
    });
    expect(Math.min(...entries(result))).toBeGreaterThanOrEqual(0);
    expect(result.trace).toHaveLength(30);
    result.trace.forEach((error, i) => {
      if (i > 0) expect(error).toBeLessThanOrEqual(result.trace[i - 1] + 1e-9);
    });
    expectClose([result.relativeError], [trueError(x, result)], { factor: 1e6, scale: 1 });
    expect(result.relativeError).toBeLessThanOrEqual(1 + 1e-12);
  });

  test.prop([fc.nat(999), fc.constantFrom(0.1, 0.5)], { numRuns: 12 })(
    'ends where the conditions of Karush, Kuhn and Tucker hold',
    (seed, level) => {
      const x = noisy(cpToTensor(sparse([7, 6, 5], 3, seed)), level, seed + 1);
      const result = cpNonnegative(x, 3, { key: key(seed), tolerance: 1e-15, maxIterations: 20_000 });
      const model = cpToTensor(result);
      result.factors.forEach((factor, mode) => {
        const scaled = result.factors.map((f) => f);
        const gradient = sub(mttkrp(model, scaled, mode), mttkrp(x, scaled, mode)).toTypedArray();
        const weights = result.weights.toTypedArray();
        factor.toTypedArray().forEach((value, q) => {
          if (weights[q % 3] === 0) return;
          const slope = gradient[q] / size(x);
          expect(slope).toBeGreaterThan(-1e-5);
          if (value * weights[q % 3] > 1e-2 * size(x)) expect(Math.abs(slope)).toBeLessThan(1e-5);
        });
      });
    },
  );

  test.prop([fc.nat(999), fc.constantFrom([0], [2], [1, 2]), fc.constantFrom('hals' as const, 'mu' as const)], {
    numRuns: 40,
  })('the error never rises where other modes have entries of either sign', (seed, modes, method) => {
    const x = tensor(normal(key(seed), 60), [4, 5, 3]);
    const { trace, factors } = cpNonnegative(x, 3, { method, modes, key: key(seed), maxIterations: 60, tolerance: 0 });
    trace.forEach((error, i) => {
      if (i > 0) expect(error).toBeLessThanOrEqual(trace[i - 1] + 1e-12);
    });
    for (const mode of modes) expect(Math.min(...factors[mode].toTypedArray())).toBeGreaterThanOrEqual(0);
  });

  test.each(['hals', 'mu'] as const)('a start far larger than the data leads to finite numbers by %s', (method) => {
    const x = mul(cpToTensor(sparse([4, 3, 5], 2, 1)), 1e-200);
    const factors = [4, 3, 5].map((n, m) => tensor(uniform(key(m + 3), n * 2), [n, 2]));
    const init = { weights: tensor([1e200, 1e199]), factors };
    const found = cpNonnegative(x, 2, { method, init, maxIterations: 30 });
    for (const value of entries(found)) expect(value).toSatisfy(Number.isFinite);
    expect(found.relativeError).toBeLessThan(1);
  });

  test.each(['hals', 'mu'] as const)('(peer case 8) [6, 3, 12] of rank 3 by %s', (method) => {
    const x = cpToTensor({
      weights: ones([3]),
      factors: [6, 3, 12].map((n, m) => tensor(uniform(key(m), n * 3), [n, 3])),
    });
    const result = cpNonnegative(x, 3, { method, key: key(5), maxIterations: 1000 });
    expect(trueError(x, result)).toBeLessThan(0.07);
    expect(max(abs(sub(x, cpToTensor(result)))).item()).toBeLessThan(0.1);
  });

  test('(peer case 9) nonnegative in modes 0 and 2 only', () => {
    const keys = split(key(3), 3);
    const truth: CpTensor = {
      weights: ones([3]),
      factors: [
        tensor(uniform(keys[0], 30), [10, 3]),
        tensor(normal(keys[1], 27), [9, 3]),
        tensor(uniform(keys[2], 24), [8, 3]),
      ],
    };
    const x = cpToTensor(truth);
    const result = cpNonnegative(x, 3, { modes: [0, 2], key: key(1), tolerance: 1e-12, maxIterations: 10_000 });
    expect(size(sub(x, cpToTensor(result)))).toBeLessThan(1e-3);
    expect(factorMatchScore(result, truth, { weightPenalty: false }).score).toBeGreaterThan(0.99);
    for (const mode of [0, 2]) expect(Math.min(...result.factors[mode].toTypedArray())).toBeGreaterThanOrEqual(0);
    expect(Math.min(...result.factors[1].toTypedArray())).toBeLessThan(-0.1);
  });

  test('without nonnegative modes it is least squares', () => {
    const x = noisy(cpToTensor(sparse([5, 6, 4], 2, 9)), 0.2, 4);
    const free = cpNonnegative(x, 2, { modes: [], key: key(2), tolerance: 1e-13 });
    expectClose([free.relativeError], [cpAls(x, 2, { key: key(1), tolerance: 1e-13 }).relativeError], { factor: 1e7 });
  });

  test('(peer case 10) a given start counts, weights too, and is not written to; fixed modes keep theirs', () => {
    const x = noisy(cpToTensor(sparse([4, 5, 3], 2, 1)), 0.1, 2);
    const init = { ...sparse([4, 5, 3], 2, 8), weights: tensor([3, 0.5]) };
    const before = entries(init);
    const untouched = cpNonnegative(x, 2, { init, maxIterations: 0 });
    expect([untouched.status, untouched.iterations]).toEqual(['max-iterations', 0]);
    expect(untouched.factors).toEqual(init.factors);
    expectClose([untouched.relativeError], [trueError(x, init)], { factor: 1e3 });
    for (const mode of [0, 1, 2]) {
      const result = cpNonnegative(x, 2, { init, fixedModes: [mode] });
      expect(result.factors[mode]).toBe(init.factors[mode]);
      expectClose([result.relativeError], [trueError(x, result)], { factor: 1e4 });
      expect(result.relativeError).toBeLessThan(untouched.relativeError);
    }
    expect(cpNonnegative(x, 2, { init, fixedModes: [0, 1, 2] }).status).toBe('converged');
    expect(entries(init)).toEqual(before);
  });

  test('zeros, constants, ranks above every size, orders 1 and 2, negative data', () => {
    const finite = (x: Tensor, rank: number, options?: CpNonnegativeOptions): number => {
      const result = cpNonnegative(x, rank, { maxIterations: 300, ...options });
      for (const value of entries(result)) expect(Number.isFinite(value) && value >= 0).toBe(true);
      return result.relativeError;
    };
    for (const method of ['hals', 'mu'] as const) {
      expect(finite(zeros([3, 4, 5]), 2, { method })).toBeLessThan(1e-12);
      expect(finite(mul(ones([3, 3, 3]), 7), 2, { method })).toBeLessThan(1e-6);
      expect(finite(ones([2, 3, 2]), 9, { method })).toBeLessThan(1e-6);
      expect(finite(tensor([1, 0, 2]), 2, { method })).toBeLessThan(1e-6);
      expect(finite(mul(ones([2, 3]), -1), 1, { method })).toBe(1);
      expect(finite(ones([1, 1, 1]), 1, { method })).toBeLessThan(1e-12);
    }
  });

  test.prop([fc.nat(99), fc.constantFrom(-500, -90, 90, 500)], { numRuns: 10 })(
    'the units of the data do not matter',
    (seed, e) => {
      const x = noisy(cpToTensor(sparse([4, 3, 5], 2, seed)), 0.2, seed);
      const [a, b] = [x, mul(x, 2 ** e)].map((t) => cpNonnegative(t, 2, { key: key(seed), maxIterations: 50 }));
      expectClose([b.relativeError], [a.relativeError], { factor: 1e3 });
      expectClose(
        b.weights.toTypedArray().map((w) => w / 2 ** e),
        a.weights.toTypedArray(),
        { factor: 1e4 },
      );
    },
  );

  test('stops on a signal with the best so far, tells of every sweep, and repeats its bits', () => {
    const x = noisy(cpToTensor(sparse([5, 4, 3], 2, 1)), 0.3, 2);
    const controller = new AbortController();
    const seen: number[] = [];
    const result = cpNonnegative(x, 2, {
      signal: controller.signal,
      tolerance: 0,
      onProgress: ({ iteration, relativeError }) => {
        seen.push(relativeError);
        if (iteration === 3) controller.abort();
      },
    });
    expect([result.status, result.iterations]).toEqual(['aborted', 3]);
    expect(seen).toEqual(result.trace);
    const again = cpNonnegative(x, 2, { maxIterations: 3, tolerance: 0 });
    expect(entries(again)).toEqual(entries(result));
  });

  const x = ones([2, 3]);
  const init = sparse([2, 3], 1, 0);
  const cases: [call: () => unknown, message: string][] = [
    [() => cpNonnegative(x, 0), 'cpNonnegative: rank is not a positive integer: 0'],
    [() => cpNonnegative(x, 1.5), 'cpNonnegative: rank is not a positive integer: 1.5'],
    [() => cpNonnegative(tensor([1, Number.NaN]), 1), 'cpNonnegative: x is not finite at [1]: NaN'],
    [() => cpNonnegative(x, 1, { innerIterations: 0 }), 'cpNonnegative: innerIterations is not a positive integer: 0'],
    [() => cpNonnegative(x, 1, { tolerance: -1 }), 'cpNonnegative: tolerance is not a number from 0 to below 1: -1'],
    [() => cpNonnegative(x, 1, { maxIterations: 0.5 }), 'cpNonnegative: maxIterations is not an integer from 0: 0.5'],
    [
      () => cpNonnegative(x, 1, { modes: [2] }),
      'cpNonnegative: modes: mode is out of range for a tensor of order 2: 2',
    ],
    [
      () => cpNonnegative(x, 1, { fixedModes: [-1] }),
      'cpNonnegative: fixedModes: mode is out of range for a tensor of order 2: -1',
    ],
    [() => cpNonnegative(x, 2, { init }), 'cpNonnegative: init factor 0 has shape [2, 1], expected [2, 2]'],
    [
      () => cpNonnegative(x, 1, { init: { ...init, weights: tensor([-2]) } }),
      'cpNonnegative: init weights has a negative entry: -2',
    ],
    [() => cpNonnegative(x, 1, JSON.parse('{"method":"als"}')), "cpNonnegative: method is not 'hals' or 'mu': als"],
    [
      () => cpNonnegative(x, 1, JSON.parse('{"init":"svd"}')),
      "cpNonnegative: init is not 'random' or a CP tensor: svd",
    ],
  ];
  test.each(cases)('misuse %#', (call, message) => {
    expect(call).toThrow(new RangeError(message));
  });
});
