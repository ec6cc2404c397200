import { fc, test } from '@fast-check/vitest';
import { mul, ones, sub, sum, type Tensor, tensor, transpose, zeros } from '@neuronseek/tensor';
import { norm, qr } from '@neuronseek/tensor/linalg';
import { key, normal } from '@neuronseek/tensor/random';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { normalEquations, type SymmetricModel } from '../src/cp/symmetric/normal-equations.js';
import { type CpTensor, cpSymmetric, cpToTensor, factorMatchScore, symmetrize } from '../src/index.js';
import { permutations } from './arbitraries.js';

const symmetric = (weights: readonly number[], factor: Tensor, order: number): CpTensor => ({
  weights: tensor(weights),
  factors: new Array<Tensor>(order).fill(factor),
});
const matrix = (rows: number, columns: number, seed: number): Tensor =>
  tensor(normal(key(seed), rows * columns), [rows, columns]);
const size = (x: Tensor): number => norm(tensor(x.toTypedArray())).item();
const trueError = (x: Tensor, cp: CpTensor): number => size(sub(x, cpToTensor(cp))) / size(x);
const entries = (cp: CpTensor): number[] => [cp.weights, ...cp.factors].flatMap((t) => [...t.toTypedArray()]);

describe('symmetrize', () => {
  test.prop([fc.integer({ min: 1, max: 4 }), fc.nat(99), permutations(4)])(
    'is a projection on what no permutation changes',
    (order, seed, list) => {
      const x = tensor(normal(key(seed), 3 ** order), new Array<number>(order).fill(3));
      const y = symmetrize(x);
      const axes = list.filter((axis) => axis < order);
      expect(transpose(y, axes).toTypedArray()).toEqual(y.toTypedArray());
      expect(symmetrize(y).toTypedArray()).toEqual(y.toTypedArray());
      // x - y is at right angles to y.
      expectClose([sum(mul(sub(x, y), y)).item()], [0], { factor: 1e3, scale: size(x) ** 2 });
    },
  );
});

describe('normal equations of a symmetric model', () => {
  test.prop([fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), fc.nat(99)], { numRuns: 20 })(
    'are JᵀJ and Jᵀ(model - x) for the Jacobian by differences',
    (order, rank, seed) => {
      const n = 3;
      const model: SymmetricModel = {
        order,
        size: n,
        rank,
        columns: normal(key(seed), n * rank),
        weights: normal(key(seed + 1), rank),
      };
      const dense = (m: SymmetricModel): Float64Array =>
        Float64Array.from(cpToTensor(symmetric([...m.weights], tensor(m.columns, [n, rank]), order)).toTypedArray());
      const p = rank * (n + 1);
      const moved = (q: number, h: number): SymmetricModel => {
        const [columns, weights] = [model.columns.slice(), model.weights.slice()];
        if (q < n * rank) columns[(q % n) * rank + Math.floor(q / n)] += h;
        else weights[q - n * rank] += h;
        return { ...model, columns, weights };
      };
      const h = 2 ** -17;
      const jacobian = Array.from({ length: p }, (_, q) => {
        const [up, down] = [dense(moved(q, h)), dense(moved(q, -h))];
        return up.map((v, i) => (v - down[i]) / (2 * h));
      });
      const zero = normalEquations(model, new Float64Array(n * rank));
      const value = dense(model);
      const scale = 1 + zero.matrix.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
      const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, i) => sum + v * b[i], 0);
      jacobian.forEach((row, q) => {
        jacobian.forEach((other, s) => {
          expect(Math.abs(dot(row, other) - zero.matrix[q * p + s])).toBeLessThan(1e-7 * scale);
        });
        expect(Math.abs(dot(row, value) - zero.gradient[q])).toBeLessThan(1e-7 * scale * (1 + size(tensor(value))));
      });
    },
  );
});

describe('cpSymmetric', () => {
  test.prop([fc.integer({ min: 3, max: 4 }), fc.integer({ min: 1, max: 3 }), fc.nat(999)], { numRuns: 20 })(
    'finds exact components of either sign, up to order',
    (order, rank, seed) => {
      const truth = symmetric([2, -1.5, 1].slice(0, rank), matrix(4, rank, seed), order);
      const x = symmetrize(cpToTensor(truth));
      const result = cpSymmetric(x, rank, { key: key(seed), starts: 10 });
      expect(trueError(x, result)).toBeLessThan(1e-9);
      expectClose([result.relativeError], [trueError(x, result)], { factor: 1e3, scale: 1 });
      expect(factorMatchScore(result, truth).score).toBeGreaterThan(1 - 1e-6);
      expect(new Set(result.factors).size).toBe(1);
      expect(result.errors.length).toBe(10);
      expect(Math.min(...result.errors)).toBe(result.relativeError);
      if (order % 2 === 1) expect(Math.min(...result.weights.toTypedArray())).toBeGreaterThanOrEqual(0);
    },
  );

  test('orthogonally decomposable: the singular vectors alone are enough', () => {
    const { q } = qr(matrix(4, 4, 3));
    const columns = tensor(
      Array.from({ length: 4 }, (_, i) => [0, 1, 2].map((r) => Number(q.toTypedArray()[4 * i + r]))),
    );
    const truth = symmetric([3, 2, 1], columns, 3);
    const x = symmetrize(cpToTensor(truth));
    const result = cpSymmetric(x, 3, { starts: 1 });
    expect(result.relativeError).toBeLessThan(1e-12);
    expectClose(result.weights.toTypedArray(), [3, 2, 1], { factor: 1e4 });
  });

  test('order 2 is the eigendecomposition, order 1 any vector', () => {
    const a = matrix(5, 5, 8);
    const x = symmetrize(a);
    expect(cpSymmetric(x, 5, { starts: 2 }).relativeError).toBeLessThan(1e-7);
    const vector = cpSymmetric(tensor([3, -4]), 1);
    expectClose(vector.weights.toTypedArray(), [5], { factor: 16 });
    expect(vector.relativeError).toBeLessThan(1e-12);
  });

  test('the W tensor at rank 2 has no best fit', () => {
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
    const result = cpSymmetric(w, 2, { key: key(1), tolerance: 0, maxIterations: 60 });
    expect(result.status).toBe('degenerate');
    expect(result.degeneracy.cosine).toBeLessThan(-0.95);
    for (const value of entries(result)) expect(Number.isFinite(value)).toBe(true);
    expect(cpSymmetric(w, 3, { starts: 10 }).relativeError).toBeLessThan(1e-7);
  });

  test('zeros, constants, ranks above the size, one element', () => {
    const finite = (x: Tensor, rank: number): number => {
      const result = cpSymmetric(x, rank);
      for (const value of entries(result)) expect(Number.isFinite(value)).toBe(true);
      return result.relativeError;
    };
    expect(finite(zeros([3, 3, 3]), 2)).toBeLessThan(1e-12);
    expect(finite(mul(ones([3, 3, 3]), -7), 2)).toBeLessThan(1e-7);
    expect(finite(ones([2, 2]), 4)).toBeLessThan(1e-7);
    expect(finite(mul(ones([1, 1, 1, 1]), -2), 1)).toBeLessThan(1e-12);
  });

  test.prop([fc.constantFrom(-480, -90, 90, 480), fc.nat(99)], { numRuns: 8 })(
    'the units of the data do not matter',
    (e, seed) => {
      const x = symmetrize(tensor(normal(key(seed), 27), [3, 3, 3]));
      const [a, b] = [x, mul(x, 2 ** e)].map((t) => cpSymmetric(t, 2, { starts: 2, maxIterations: 20 }));
      expectClose([b.relativeError], [a.relativeError], { factor: 1e6 });
    },
  );

  test('a start counts and is not written to; the error never rises; signal, progress and equal bits', () => {
    const x = symmetrize(tensor(normal(key(1), 64), [4, 4, 4]));
    const init = symmetric([1, -2], matrix(4, 2, 5), 3);
    const before = entries(init);
    const none = cpSymmetric(x, 2, { init, maxIterations: 0 });
    expectClose(cpToTensor(none).toTypedArray(), cpToTensor(init).toTypedArray(), { factor: 64 });
    expectClose([none.relativeError], [trueError(x, init)], { factor: 64 });
    const controller = new AbortController();
    const seen: number[] = [];
    const options = {
      init,
      tolerance: 0,
      onProgress: (event: { relativeError: number }) => seen.push(event.relativeError),
    };
    const whole = cpSymmetric(x, 2, { ...options, maxIterations: 6 });
    expect(seen).toEqual(whole.trace);
    whole.trace.forEach((error, i) => {
      expect(error).toBeLessThanOrEqual(i > 0 ? whole.trace[i - 1] : none.relativeError);
    });
    const stopped = cpSymmetric(x, 2, {
      init,
      tolerance: 0,
      signal: controller.signal,
      onProgress: ({ iteration }) => {
        if (iteration === 6) controller.abort();
      },
    });
    expect([stopped.status, stopped.iterations]).toEqual(['aborted', 6]);
    expect(entries(stopped)).toEqual(entries(whole));
    expect(entries(init)).toEqual(before);
  });

  const x = ones([2, 2, 2]);
  const cases: [call: () => unknown, message: string][] = [
    [() => symmetrize(ones([2, 3])), 'symmetrize: x needs modes of one size: its shape is [2, 3]'],
    [() => cpSymmetric(ones([2, 3]), 1), 'cpSymmetric: x needs modes of one size: its shape is [2, 3]'],
    [
      () =>
        cpSymmetric(
          tensor([
            [1, 2],
            [3, 4],
          ]),
          1,
        ),
      'cpSymmetric: x is not symmetric, see symmetrize: at [0, 1]: 2, at [1, 0]: 3',
    ],
    [() => cpSymmetric(x, 0), 'cpSymmetric: rank is not a positive integer: 0'],
    [() => cpSymmetric(x, 1, { starts: 0 }), 'cpSymmetric: starts is not a positive integer: 0'],
    [() => cpSymmetric(x, 1, { tolerance: 1 }), 'cpSymmetric: tolerance is not a number from 0 to below 1: 1'],
    [() => cpSymmetric(x, 1, JSON.parse('{"init":"svd"}')), "cpSymmetric: init is not 'random' or a CP tensor: svd"],
    [
      () => cpSymmetric(x, 1, { init: { weights: ones([1]), factors: [ones([2, 1]), ones([2, 1]), zeros([2, 1])] } }),
      'cpSymmetric: init factor 2 differs from factor 0, both are [2, 1]',
    ],
    [() => cpSymmetric(tensor([Number.POSITIVE_INFINITY]), 1), 'cpSymmetric: x is not finite at [0]: Infinity'],
  ];
  test.each(cases)('misuse %#', (call, message) => {
    expect(call).toThrow(new RangeError(message));
  });
});
