import { fc, test } from '@fast-check/vitest';
import { add, full, matmul, matrixTranspose, mul, ones, tensor, transpose, zeros } from '@neuronseek/tensor';
import { svdvals } from '@neuronseek/tensor/kernels';
import { expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { createProblem, qtt, qttToTensor, type TtTensor, tensorTrain, ttNorm, ttToTensor } from '../src/index.js';
import { qrFactors } from '../src/low-rank/qr-factors.js';
import { shapes, tensorOf } from './arbitraries.js';
import { irregular } from './irregular.js';
import { distance, elements, irregularTt, tensorBy } from './tt-support.js';

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/** Σ of squares of singular values of the k-th unfolding beyond a rank. */
function tail(x: Float64Array, shape: readonly number[], k: number, rank: number): number {
  const m = product(shape.slice(0, k));
  const s = new Float64Array(Math.min(m, x.length / m));
  svdvals(m, x.length / m, x, 0, s, 0);
  return s.subarray(rank).reduce((sum, v) => sum + v * v, 0);
}

function expectSameCores(a: TtTensor, b: TtTensor): void {
  a.cores.forEach((core, k) => {
    expectSameBits(elements(core), elements(b.cores[k]));
  });
}

describe('tensorTrain', () => {
  test.prop([shapes({ maxOrder: 5 }).chain((shape) => tensorOf(shape)), fc.double({ min: 0, max: 1.2, noNaN: true })])(
    'keeps within eps of the tensor, tells the distance, and has cores that are left-orthogonal',
    (x, eps) => {
      const train = tensorTrain(x, { eps });
      const apart = distance(elements(ttToTensor(train)), elements(x));
      expect(apart).toBeLessThanOrEqual(eps + 1e-13);
      expect(Math.abs(train.relativeError - apart)).toBeLessThanOrEqual(1e-6 * apart + 1e-13);
      expect(train.ranks).toEqual([1, ...train.cores.map((core) => core.shape[2])]);
      expect(train.discarded).toHaveLength(x.order - 1);
      for (const core of train.cores.slice(0, -1)) {
        if (train.relativeError === 0 && ttNorm(train) === 0) continue;
        const [r, n, s] = core.shape;
        const values = elements(core);
        for (let a = 0; a < s; a++) {
          for (let b = 0; b < s; b++) {
            let sum = a === b ? -1 : 0;
            for (let i = 0; i < r * n; i++) sum += values[i * s + a] * values[i * s + b];
            expect(Math.abs(sum)).toBeLessThan(1e-13);
          }
        }
      }
    },
  );

  test.prop([shapes({ minOrder: 2, maxOrder: 4 }).chain((shape) => tensorOf(shape)), fc.integer({ min: 1, max: 5 })])(
    'of given ranks errs at most by the tails of the unfoldings together',
    (x, rank) => {
      const train = tensorTrain(x, { ranks: rank });
      const values = elements(x);
      let bound = 0;
      for (let k = 1; k < x.order; k++) {
        bound += tail(values, x.shape, k, train.ranks[k]);
        expect(train.ranks[k]).toBeLessThanOrEqual(
          Math.min(rank, product(x.shape.slice(0, k)), product(x.shape.slice(k))),
        );
      }
      const norm = Math.hypot(...values);
      const error = distance(elements(ttToTensor(train)), values) * (norm || 1);
      expect(error).toBeLessThanOrEqual(Math.sqrt(bound) * (1 + 1e-9) + 1e-13 * norm);
      expect(Math.abs(error / (norm || 1) - train.relativeError)).toBeLessThanOrEqual(1e-13);
    },
  );

  test('finds exact ranks of sums of products, by eps and as asked (peer case 18)', () => {
    const x = ttToTensor(irregularTt([3, 3, 3], [2, 3]));
    expect(tensorTrain(x, { eps: 1e-10 }).ranks).toEqual([1, 2, 3, 1]);
    const asked = tensorTrain(x, { ranks: [1, 2, 3, 1] });
    expect(distance(elements(ttToTensor(asked)), elements(x))).toBeLessThan(1e-14);
  });

  test('has ranks no larger than asked for (peer case 17)', () => {
    const x = irregular([3, 4, 5, 6, 2, 10], 1);
    const asked = [1, 3, 3, 4, 2, 2, 1];
    const { ranks } = tensorTrain(x, { ranks: asked });
    expect(ranks.every((rank, k) => rank <= asked[k])).toBe(true);
    expect(tensorTrain(x, { ranks: 1000 }).ranks).toEqual([1, 3, 12, 60, 20, 10, 1]);
  });

  test('of a matrix is its truncated SVD', () => {
    const x = irregular([6, 5], 3);
    const values = elements(x);
    for (let rank = 1; rank <= 5; rank++) {
      const best = Math.sqrt(tail(values, [6, 5], 1, rank)) / Math.hypot(...values);
      expect(Math.abs(tensorTrain(x, { ranks: rank }).relativeError - best)).toBeLessThan(1e-13);
    }
  });

  test('eps and ranks together: ranks come first', () => {
    const x = irregular([4, 4, 4], 1);
    const both = tensorTrain(x, { eps: 0.01, ranks: 2 });
    expect(both.ranks).toEqual([1, 2, 2, 1]);
    expect(both.relativeError).toBeGreaterThan(0.01);
    const exact = ttToTensor(irregularTt([4, 4, 4], [2, 2]));
    expect(tensorTrain(add(exact, mul(irregular([4, 4, 4], 7), 1e-6)), { eps: 1e-4, ranks: 3 }).ranks).toEqual([
      1, 2, 2, 1,
    ]);
  });

  test('an error of 1e-8 or of rounding is told as such, not as 0', () => {
    const exact = ttToTensor(irregularTt([5, 6, 7], [2, 2]));
    const noise = irregular([5, 6, 7], 9);
    const scale = (1e-8 * Math.hypot(...elements(exact))) / Math.hypot(...elements(noise));
    const x = add(exact, mul(noise, scale));
    const train = tensorTrain(x, { eps: 1e-3 });
    expect(train.ranks).toEqual([1, 2, 2, 1]);
    const apart = distance(elements(ttToTensor(train)), elements(x));
    expect(apart).toBeGreaterThan(0.5e-8);
    expect(Math.abs(train.relativeError / apart - 1)).toBeLessThan(1e-6);
    const full = tensorTrain(irregular([5, 6, 7], 9), { ranks: 100 });
    expect(full.relativeError).toBeGreaterThan(0);
    expect(full.relativeError).toBeLessThan(1e-14);
  });

  test('zeros, constants, order 1, sizes of one', () => {
    for (const options of [{ eps: 0 }, { eps: 0.1 }, { ranks: 3 }]) {
      const zero = tensorTrain(zeros([3, 4, 2]), options);
      expect(zero.ranks).toEqual([1, 1, 1, 1]);
      expect([zero.relativeError, ttNorm(zero)]).toEqual([0, 0]);
      const vector = tensorTrain(tensor([3, -4]), options);
      expect(vector.ranks).toEqual([1, 1]);
      expect(distance(elements(ttToTensor(vector)), [3, -4])).toBeLessThan(1e-15);
      const single = tensorTrain(full([1, 1, 1], 7), options);
      expect(ttToTensor(single).toArray()).toEqual([[[7]]]);
    }
    expect(tensorTrain(ones([3, 4, 2]), { eps: 0 }).ranks).toEqual([1, 1, 1, 1]);
    const constant = tensorTrain(ones([3, 4, 2]), { ranks: 2 });
    expect(constant.ranks).toEqual([1, 2, 2, 1]);
    expect(distance(elements(ttToTensor(constant)), elements(ones([3, 4, 2])))).toBeLessThan(1e-14);
    expect(tensorTrain(irregular([1, 4, 1, 3, 1], 1), { eps: 0 }).ranks).toEqual([1, 1, 3, 3, 1, 1]);
  });

  test.each([1e-150, 1e150])('the scale of the data does not matter: %d', (scale) => {
    const x = irregular([3, 4, 5], 2);
    const [plain, scaled] = [tensorTrain(x, { eps: 0.3 }), tensorTrain(mul(x, scale), { eps: 0.3 })];
    expect(scaled.ranks).toEqual(plain.ranks);
    expect(Math.abs(scaled.relativeError - plain.relativeError)).toBeLessThan(1e-13);
    expect(distance(elements(ttToTensor(scaled)), elements(mul(ttToTensor(plain), scale)))).toBeLessThan(1e-13);
  });

  test('a singular value at the threshold is left out, one above it is not', () => {
    // diag(4, 3) as a tensor of order 2: what is left out has norm 3 of 5.
    const x = tensor([
      [4, 0],
      [0, 3],
    ]);
    expect(tensorTrain(x, { eps: 0.6 * (1 + 1e-12) }).ranks).toEqual([1, 1, 1]);
    expect(tensorTrain(x, { eps: 0.6 * (1 - 1e-12) }).ranks).toEqual([1, 2, 1]);
  });

  test.each([1e-4, 1e-5, 2e-6, 1e-6])(
    'a tail just above eps %d is kept, where squares of singular values do not show it',
    (eps) => {
      for (const [m, n] of [
        [30, 40],
        [40, 30],
        [200, 60],
      ]) {
        const rank = Math.min(m, n);
        const half = rank / 2;
        for (const above of [1e-7, 1e-6, 1e-5, 1e-4]) {
          const left = qrFactors(elements(irregular([m, rank], 1)), m, rank).q;
          const right = tensor(qrFactors(elements(irregular([n, rank], 2)), n, rank).q, [n, rank]);
          const values = left.map((v, q) => (v * (q % rank < half ? 1 : eps * (1 + above))) / Math.sqrt(half));
          const x = matmul(tensor(values, [m, rank]), matrixTranspose(right));
          const train = tensorTrain(x, { eps });
          expect(distance(elements(ttToTensor(train)), elements(x))).toBeLessThanOrEqual(eps * (1 + 1e-9));
        }
      }
    },
  );

  test('large data go through the memory of the kernels with the same outcome, and are not written to', () => {
    const { tensor: x } = createProblem({ shape: [20, 30, 25, 8], rank: 3, noise: 0.05 });
    const before = elements(x);
    const first = tensorTrain(x, { ranks: 3 });
    expect(elements(x)).toEqual(before);
    const apart = distance(elements(ttToTensor(first)), before);
    expect(Math.abs(first.relativeError - apart)).toBeLessThan(1e-12);
    expect(apart).toBeLessThan(0.05);
    const again = tensorTrain(x, { ranks: 3 });
    expectSameCores(again, first);
    const strided = tensorTrain(transpose(transpose(x, [3, 2, 1, 0]), [3, 2, 1, 0]), { ranks: 3 });
    expectSameCores(strided, first);
  });

  test('reads float32 and integers', () => {
    const x = irregular([3, 4, 2], 4);
    const single = tensor(Float32Array.from(elements(x)), [3, 4, 2]);
    const train = tensorTrain(single, { eps: 1e-12 });
    expect(train.cores.map((core) => core.dtype)).toEqual(['float64', 'float64', 'float64']);
    expect(distance(elements(ttToTensor(train)), elements(single))).toBeLessThan(1e-12);
    expect(tensorTrain(tensor(Int32Array.of(1, 2, 2, 4), [2, 2]), { eps: 0 }).ranks).toEqual([1, 1, 1]);
  });
});

describe('qtt', () => {
  const points = 2 ** 10;
  const grid = (f: (t: number) => number) => tensorBy([points], ([i]) => f(i / points));

  test.each<[string, (t: number) => number, number]>([
    ['an exponential', (t) => Math.exp(-3 * t), 1],
    ['a sine', (t) => Math.sin(9 * t + 0.5), 2],
    ['a linear function', (t) => 2 * t - 0.3, 2],
    ['a square', (t) => t * t - t + 2, 3],
    ['a step', (t) => (t < 0.375 ? 1 : 0), 2],
  ])('of %s has the ranks that theory says', (_, f, rank) => {
    const x = grid(f);
    const train = qtt(x, { eps: 1e-12 });
    expect(train.cores.map((core) => core.shape[1])).toEqual(new Array<number>(10).fill(2));
    expect(Math.max(...train.ranks)).toBe(rank);
    expect(train.relativeError).toBeLessThan(1e-12);
    expect(distance(elements(qttToTensor(train, [points])), elements(x))).toBeLessThan(1e-12);
  });

  test('of a tensor of several modes comes back in its shape', () => {
    const x = irregular([4, 1, 8], 1);
    const train = qtt(x, { eps: 0 });
    expect(train.ranks).toHaveLength(6);
    const back = qttToTensor(train, [4, 1, 8]);
    expect(back.shape).toEqual([4, 1, 8]);
    expect(distance(elements(back), elements(x))).toBeLessThan(1e-14);
  });
});
