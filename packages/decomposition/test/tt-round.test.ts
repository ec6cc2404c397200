import { fc, test } from '@fast-check/vitest';
import { mul, tensor } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import {
  type TtTensor,
  tensorTrain,
  ttAdd,
  ttNorm,
  ttOrthogonalize,
  ttRandom,
  ttRanks,
  ttRound,
  ttScale,
  ttShape,
  ttSub,
  ttToTensor,
} from '../src/index.js';
import { shapes } from './arbitraries.js';
import { irregular } from './irregular.js';
import { distance, elements, irregularTt, ttOf } from './tt-support.js';

const dense = (tt: TtTensor): Float64Array => elements(ttToTensor(tt));

/** Largest entry of MᵀM - I for core k read as [r·n, r'], or of M·Mᵀ - I for [r, n·r']. */
function defect({ cores }: TtTensor, k: number, side: 'left' | 'right'): number {
  const [r, n, s] = cores[k].shape;
  const values = elements(cores[k]);
  const [count, length] = side === 'left' ? [s, r * n] : [r, n * s];
  const at = (vector: number, q: number): number => values[side === 'left' ? q * s + vector : vector * n * s + q];
  let worst = 0;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      let total = a === b ? -1 : 0;
      for (let q = 0; q < length; q++) total += at(a, q) * at(b, q);
      worst = Math.max(worst, Math.abs(total));
    }
  }
  return worst;
}

describe('ttOrthogonalize', () => {
  test.prop([shapes({ maxOrder: 5 }).chain((shape) => fc.tuple(ttOf(shape, 5), fc.nat(shape.length - 1)))])(
    'makes cores before the site left-orthogonal, those after it right-orthogonal, of the same tensor (peer case 41)',
    ([tt, site]) => {
      const result = ttOrthogonalize(tt, site);
      expect(distance(dense(result), dense(tt))).toBeLessThan(1e-11);
      if (ttNorm(tt) < 1e-9) return;
      result.cores.forEach((_, k) => {
        if (k < site) expect(defect(result, k, 'left')).toBeLessThan(1e-12);
        if (k > site) expect(defect(result, k, 'right')).toBeLessThan(1e-12);
      });
      const norm = Math.hypot(...elements(result.cores[site]));
      expect(Math.abs(norm / ttNorm(tt) - 1)).toBeLessThan(1e-12);
    },
  );

  test('brings ranks down to what the sizes allow (peer case 41)', () => {
    const tt = ttRandom([2, 4, 3, 3], [1, 5, 2, 17, 1]);
    expect(ttRanks(ttOrthogonalize(tt, 3))).toEqual([1, 2, 2, 6, 1]);
    expect(ttRanks(ttOrthogonalize(tt, 0))).toEqual([1, 5, 2, 3, 1]);
    const large = ttRandom([2, 1, 4, 3, 3], [1, 15, 15, 15, 15, 1]);
    const rounded = ttRound(large, { eps: 0 });
    expect(rounded.ranks).toEqual([1, 2, 2, 8, 3, 1]);
    expect(distance(dense(rounded), dense(large))).toBeLessThan(1e-12);
  });
});

describe('ttRound', () => {
  test.prop([shapes({ maxOrder: 5 }).chain((shape) => ttOf(shape, 5)), fc.double({ min: 0, max: 1.2, noNaN: true })])(
    'keeps within eps of the tensor and tells the distance',
    (tt, eps) => {
      const rounded = ttRound(tt, { eps });
      const whole = dense(tt);
      const norm = Math.hypot(...whole);
      // Terms that cancel leave noise of their own size.
      if (norm < 1e-3) return;
      const apart = distance(dense(rounded), whole);
      expect(apart).toBeLessThanOrEqual(eps + 1e-11);
      expect(Math.abs(rounded.relativeError - apart)).toBeLessThanOrEqual(1e-11);
      expect(ttRanks(rounded)).toEqual([...rounded.ranks]);
      rounded.ranks.forEach((rank, k) => {
        expect(rank).toBeLessThanOrEqual(Math.max(1, ttRanks(tt)[k]));
      });
    },
  );

  test.prop([fc.nat(1000)])('of a + a, halved, is a with the ranks of a (peer case 42)', (seed) => {
    const a = ttRandom([4, 3, 5, 4], [1, 2, 3, 2, 1], { key: key(seed) });
    const rounded = ttRound(ttAdd(a, a), { eps: 1e-12 });
    expect(rounded.ranks).toEqual([1, 2, 3, 2, 1]);
    expect(distance(dense(ttScale(rounded, 0.5)), dense(a))).toBeLessThan(1e-12);
    expect(ttRound(ttAdd(a, a), { eps: 0 }).ranks).toEqual([1, 2, 3, 2, 1]);
  });

  test('leaves a train of least ranks alone but for its gauge', () => {
    const a = ttRandom([4, 3, 5, 4], [1, 2, 3, 2, 1]);
    const rounded = ttRound(a, { eps: 1e-10 });
    expect(rounded.ranks).toEqual([1, 2, 3, 2, 1]);
    expect(distance(dense(rounded), dense(a))).toBeLessThan(1e-14);
    expect(rounded.relativeError).toBeGreaterThan(0);
    expect(rounded.relativeError).toBeLessThan(1e-14);
  });

  test('across nine decades: terms of 1, 1e-3, 1e-6 and 1e-9 go one by one (peer case 40)', () => {
    const shape = [5, 6, 4, 7];
    const terms = [1, 1e-3, 1e-6, 1e-9].map((scale, t) => {
      const term = ttRandom(shape, 1, { key: key(t + 20) });
      return ttScale(term, scale / ttNorm(term));
    });
    const sum = terms.reduce((a, b) => ttAdd(a, b));
    for (const [eps, rank] of [
      [1e-11, 4],
      [3e-9, 3],
      [3e-6, 2],
      [3e-3, 1],
    ]) {
      const rounded = ttRound(sum, { eps });
      expect(rounded.ranks.slice(1, -1)).toEqual([rank, rank, rank]);
      expect(rounded.relativeError).toBeLessThanOrEqual(eps);
      const error = ttNorm(ttSub(rounded, sum)) / ttNorm(sum);
      expect(error).toBeLessThanOrEqual(eps);
      if (rank < 4) expect(Math.abs(error / rounded.relativeError - 1)).toBeLessThan(1e-3);
    }
  });

  test('to given ranks is as good as TT-SVD of the tensor', () => {
    const tt = irregularTt([4, 5, 6, 3], [4, 6, 3]);
    for (const ranks of [1, 2, [1, 3, 2, 1, 1]]) {
      const rounded = ttRound(tt, { ranks });
      const svd = tensorTrain(ttToTensor(tt), { ranks });
      expect(rounded.ranks).toEqual(svd.ranks);
      expect(Math.abs(rounded.relativeError - svd.relativeError)).toBeLessThan(1e-12);
      expect(distance(dense(rounded), dense(svd))).toBeLessThan(1e-9);
    }
  });

  test.each([
    [1e150, 1e150],
    [1e-150, 1e-140],
    [1e250, 1e-200],
  ])('cores of any size: %d and %d', (first, second) => {
    const [x, y] = [irregular([1, 4, 3], 1), irregular([3, 5, 1], 2)];
    const plain = ttRound({ cores: [x, y] }, { eps: 0.3 });
    const scaled = ttRound({ cores: [mul(x, first), mul(y, second)] }, { eps: 0.3 });
    expect(scaled.ranks).toEqual(plain.ranks);
    expect(Math.abs(ttNorm(scaled) / first / second / ttNorm(plain) - 1)).toBeLessThan(1e-12);
  });

  test('zero trains have ranks 1, order 1 and sizes of one stay', () => {
    const zero = ttRound(ttScale(irregularTt([3, 4, 2], [3, 2]), 0), { eps: 1e-3 });
    expect([zero.ranks, zero.relativeError, ttNorm(zero)]).toEqual([[1, 1, 1, 1], 0, 0]);
    const vector = ttRound({ cores: [tensor([[[3], [-4]]])] }, { eps: 0 });
    expect(distance(dense(vector), [3, -4])).toBeLessThan(1e-15);
    const single = ttRound(irregularTt([1, 1, 1], [2, 2]), { ranks: 2 });
    expect([single.ranks, ttShape(single)]).toEqual([
      [1, 1, 1, 1],
      [1, 1, 1],
    ]);
  });

  test('does not write to the train', () => {
    const tt = irregularTt([3, 4, 2], [3, 2]);
    const before = tt.cores.map(elements);
    ttRound(tt, { eps: 0.1 });
    ttOrthogonalize(tt, 1);
    ttNorm(tt);
    expect(tt.cores.map(elements)).toEqual(before);
  });
});
