import { fc, test } from '@fast-check/vitest';
import { full, mul, ones, tensor } from '@neuronseek/tensor';
import { describe, expect } from 'vitest';
import {
  type CpTensor,
  cpToTensor,
  cpToTt,
  cpToTucker,
  normalizeTucker,
  type TuckerTensor,
  tensorTrain,
  ttAdd,
  ttNorm,
  ttRanks,
  ttRound,
  ttScale,
  ttToTensor,
  ttToTucker,
  tuckerToTensor,
  tuckerToTt,
} from '../src/index.js';
import { shapes, tensorOf } from './arbitraries.js';
import { checkGradient } from './check-gradient.js';
import { irregular } from './irregular.js';
import { distance, elements, irregularTt, ttOf } from './tt-support.js';

test('sizes of factors that undo each other do not leave the range of numbers', () => {
  const factors = [1e200, 1e200, 1e-200, 1e-200].map((size) => full([2, 1], size));
  const model: TuckerTensor = { core: ones([1, 1, 1, 1]), factors };
  for (const x of [ttToTensor(tuckerToTt(model)), tuckerToTensor(normalizeTucker(model, { allOrthogonal: true }))]) {
    for (const v of elements(x)) expect(v).toBeCloseTo(1, 12);
  }
});

const cps: fc.Arbitrary<CpTensor> = fc
  .tuple(shapes(), fc.integer({ min: 1, max: 4 }))
  .chain(([shape, rank]) =>
    fc.record({ weights: tensorOf([rank]), factors: fc.tuple(...shape.map((n) => tensorOf([n, rank]))) }),
  );

const tuckers: fc.Arbitrary<TuckerTensor> = shapes()
  .chain((shape) => fc.tuple(fc.constant(shape), fc.tuple(...shape.map(() => fc.integer({ min: 1, max: 4 })))))
  .chain(([shape, ranks]) =>
    fc.record({ core: tensorOf(ranks), factors: fc.tuple(...shape.map((n, k) => tensorOf([n, ranks[k]]))) }),
  );

/** Largest difference of elements, against what their terms add up to. */
function expectEqual(a: ArrayLike<number>, b: ArrayLike<number>, terms: number): void {
  const apart = Array.from(b).reduce((worst, v, q) => Math.max(worst, Math.abs(v - a[q])), 0);
  expect(a.length).toBe(b.length);
  expect(apart).toBeLessThanOrEqual(1e-13 * terms);
}

function orthonormality(tucker: TuckerTensor): number {
  let worst = 0;
  for (const factor of tucker.factors) {
    const [n, rank] = factor.shape;
    const values = elements(factor);
    for (let a = 0; a < rank; a++) {
      for (let b = 0; b < rank; b++) {
        let sum = a === b ? -1 : 0;
        for (let i = 0; i < n; i++) sum += values[i * rank + a] * values[i * rank + b];
        worst = Math.max(worst, Math.abs(sum));
      }
    }
  }
  return worst;
}

describe('the dense tensor stays the same', () => {
  test.prop([cps])('CP → TT and CP → Tucker', (cp) => {
    const x = elements(cpToTensor(cp));
    const rank = cp.weights.size;
    const terms = 4 ** (cp.factors.length + 1) * rank;
    const tt = cpToTt(cp);
    expectEqual(elements(ttToTensor(tt)), x, terms);
    expect(ttRanks(tt)).toEqual([1, ...cp.factors.slice(1).map(() => rank), 1]);
    const tucker = cpToTucker(cp);
    expectEqual(elements(tuckerToTensor(tucker)), x, terms);
    expect(tucker.core.shape).toEqual(cp.factors.map((factor) => Math.min(factor.shape[0], rank)));
  });

  test.prop([shapes().chain((shape) => ttOf(shape))])('TT → Tucker, with orthonormal factors', (tt) => {
    const tucker = ttToTucker(tt);
    const terms = tt.cores.reduce((product, { shape }) => product * 4 * shape[0], 10);
    expectEqual(elements(tuckerToTensor(tucker)), elements(ttToTensor(tt)), terms);
    if (ttNorm(tt) > 0) expect(orthonormality(tucker)).toBeLessThan(1e-12);
    tucker.core.shape.forEach((rank, n) => {
      const [r, size, s] = tt.cores[n].shape;
      expect(rank).toBeLessThanOrEqual(Math.min(size, r * s));
    });
  });

  test.prop([tuckers])('Tucker → TT', (tucker) => {
    const x = elements(tuckerToTensor(tucker));
    const train = tuckerToTt(tucker);
    expectEqual(
      elements(ttToTensor(train)),
      x,
      tucker.core.shape.reduce((product, r) => product * 4 * r, 10),
    );
    expect(train.relativeError).toBeLessThan(1e-13);
  });
});

describe('conversions keep what they are asked to', () => {
  test('Tucker → TT within eps of the tensor, whatever the factors are', () => {
    const tucker = { core: irregular([4, 4, 4], 1), factors: [6, 3, 5].map((n, k) => irregular([n, 4], k + 2)) };
    const x = tuckerToTensor(tucker);
    for (const eps of [0.5, 0.2, 0.05]) {
      const train = tuckerToTt(tucker, { eps });
      const apart = distance(elements(ttToTensor(train)), elements(x));
      expect(apart).toBeLessThanOrEqual(eps);
      expect(Math.abs(apart - train.relativeError)).toBeLessThan(1e-12);
      expect(train.ranks).toEqual(tensorTrain(x, { eps }).ranks);
    }
    expect(tuckerToTt(tucker, { ranks: 2 }).ranks).toEqual([1, 2, 2, 1]);
  });

  test('TT → Tucker within eps, with the multilinear ranks of the tensor', () => {
    const tt = irregularTt([6, 7, 5, 4], [2, 3, 2]);
    for (const eps of [0.6, 0.3, 0.1]) {
      const tucker = ttToTucker(tt, { eps });
      const apart = distance(elements(tuckerToTensor(tucker)), elements(ttToTensor(tt)));
      expect(apart).toBeLessThanOrEqual(eps);
      expect(Math.abs(apart - tucker.relativeError)).toBeLessThan(1e-12);
    }
    expect(ttToTucker(ttAdd(tt, tt)).core.shape).toEqual(ttToTucker(tt).core.shape);
    expect(ttToTucker(tt).core.shape).toEqual([2, 6, 5, 2]);
  });

  test('there and back: CP → TT → Tucker → TT', () => {
    const cp = { weights: tensor([2, 1]), factors: [5, 6, 7].map((n, k) => irregular([n, 2], 3 * k + 1)) };
    const tt = ttRound(cpToTt(cp), { eps: 1e-12 });
    expect(tt.ranks).toEqual([1, 2, 2, 1]);
    const tucker = ttToTucker(tt);
    expect(tucker.core.shape).toEqual([2, 2, 2]);
    const back = tuckerToTt(tucker);
    expect(back.ranks).toEqual([1, 2, 2, 1]);
    expect(distance(elements(ttToTensor(back)), elements(cpToTensor(cp)))).toBeLessThan(1e-13);
  });

  test.each([1e-150, 1e150])('scale %d', (scale) => {
    const tt = ttScale(irregularTt([3, 4, 2], [2, 2]), scale);
    const tucker = ttToTucker(tt);
    expect(tucker.core.shape).toEqual([2, 4, 2]);
    expect(distance(elements(tuckerToTensor(tucker)), elements(ttToTensor(tt)))).toBeLessThan(1e-13);
    expect(distance(elements(ttToTensor(tuckerToTt(tucker))), elements(ttToTensor(tt)))).toBeLessThan(1e-13);
  });

  test('zeros', () => {
    const zero = ttScale(irregularTt([3, 4], [2]), 0);
    const tucker = ttToTucker(zero);
    expect([tucker.core.shape, tucker.relativeError]).toEqual([[1, 1], 0]);
    expect(elements(tuckerToTensor(tucker))).toEqual(new Float64Array(12));
    expect(tuckerToTt({ core: mul(ones([2, 2]), 0), factors: [ones([3, 2]), ones([4, 2])] }).ranks).toEqual([1, 1, 1]);
  });

  test('CP → TT and CP → Tucker have the derivatives that differences show', () => {
    const inputs = [irregular([2], 9), irregular([2, 2], 1), irregular([3, 2], 2), irregular([2, 2], 3)];
    checkGradient(([weights, ...factors]) => ttToTensor(cpToTt({ weights, factors })), inputs);
    checkGradient(([weights, ...factors]) => tuckerToTensor(cpToTucker({ weights, factors })), inputs);
    checkGradient(([weights, ...factors]) => ttToTensor(cpToTt({ weights, factors })), inputs.slice(0, 2));
  });
});
