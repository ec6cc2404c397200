import { fc, test } from '@fast-check/vitest';
import { add, mul, slice, sub, sum, type Tensor, tensor } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import {
  type TtTensor,
  ttAdd,
  ttHadamard,
  ttInner,
  ttNorm,
  ttOnes,
  ttRandom,
  ttRanks,
  ttScale,
  ttShape,
  ttSlice,
  ttSub,
  ttSum,
  ttSumModes,
  ttToTensor,
} from '../src/index.js';
import { shapes, tensorOf } from './arbitraries.js';
import { checkGradient } from './check-gradient.js';
import { irregular } from './irregular.js';
import { elements, irregularTt, magnitude, ttOf } from './tt-support.js';

const pairs = shapes({ maxOrder: 4 }).chain((shape) => fc.tuple(ttOf(shape), ttOf(shape)));
const close = (a: Tensor, b: Tensor, scale: number): void => {
  expect(a.shape).toEqual(b.shape);
  expectClose(a.toTypedArray(), b.toTypedArray(), { factor: 64, scale });
};
const inner = (tt: TtTensor): number[] => ttRanks(tt).slice(1, -1);

describe('arithmetic of tensor trains is that of the dense tensors', () => {
  test.prop([pairs, fc.double({ min: -3, max: 3, noNaN: true })])('sum, difference, multiple', ([a, b], c) => {
    const [x, y] = [ttToTensor(a), ttToTensor(b)];
    const scale = 4 * (magnitude(a) + magnitude(b));
    close(ttToTensor(ttAdd(a, b)), add(x, y), scale);
    close(ttToTensor(ttSub(a, b)), sub(x, y), scale);
    close(ttToTensor(ttScale(a, c)), mul(x, c), scale);
    close(ttToTensor(ttScale(a, tensor(c))), mul(x, c), scale);
    expect(inner(ttAdd(a, b))).toEqual(inner(a).map((rank, k) => rank + inner(b)[k]));
  });

  test.prop([pairs])('elementwise product, inner product, norm', ([a, b]) => {
    const [x, y] = [ttToTensor(a), ttToTensor(b)];
    const scale = magnitude(a) * magnitude(b);
    const product = ttHadamard(a, b);
    close(ttToTensor(product), mul(x, y), scale);
    expect(inner(product)).toEqual(inner(a).map((rank, k) => rank * inner(b)[k]));
    expectClose([ttInner(a, b), ttInner(b, a)], [sum(mul(x, y)).item(), sum(mul(x, y)).item()], {
      factor: 64,
      scale: scale * x.size,
    });
    expectClose([ttNorm(a)], [Math.hypot(...elements(x))], { factor: 64, scale: magnitude(a) * Math.sqrt(x.size) });
  });

  test.prop([
    shapes({ maxOrder: 4 }).chain((shape) => fc.tuple(ttOf(shape), fc.tuple(...shape.map((n) => tensorOf([n]))))),
  ])('sums, with weights and without, over all modes and over some', ([tt, weights]) => {
    const x = ttToTensor(tt);
    const scale = magnitude(tt) * x.size;
    close(ttSum(tt), sum(x), scale);
    const weighted = weights.reduce(
      (total, w, k) => mul(total, mul(ttToTensor(ttOnes(ttShape(tt))), broadcastAlong(w, k, x.order))),
      x,
    );
    close(ttSum(tt, weights), sum(weighted), scale * 4 ** x.order);
    for (let kept = 0; kept < x.order; kept++) {
      const modes = x.shape.map((_, k) => k).filter((k) => k !== kept);
      close(ttToTensor(ttSumModes(tt, modes)), sum(x, { axes: modes }), scale);
      if (x.order > 1) close(ttToTensor(ttSumModes(tt, [kept])), sum(x, { axes: [kept] }), scale);
    }
    close(ttToTensor(ttSumModes(tt, [])), x, scale);
  });

  test('slices are those of the dense tensor', () => {
    const tt = irregularTt([4, 3, 5, 2], [2, 3, 2]);
    const x = ttToTensor(tt);
    for (const ranges of [
      [1],
      [undefined, 2],
      [undefined, undefined, undefined, 0],
      [-1, undefined, 4, 1],
      [3, 0, { start: 1, stop: 4, step: 2 }],
      [{ start: 2 }, 1, 0],
      [{ start: -1, stop: 0, step: -1 }, undefined, { stop: 2 }],
      [],
    ]) {
      close(ttToTensor(ttSlice(tt, ranges)), slice(x, ranges), 1000);
    }
  });

  test('the derivatives are those of the dense functions', () => {
    const [a, b] = [irregularTt([2, 3, 2], [2, 2]), irregularTt([2, 3, 2], [1, 3], 7)];
    const both = (f: (x: TtTensor, y: TtTensor) => Tensor) => (cores: Tensor[]) =>
      f({ cores: cores.slice(0, 3) }, { cores: cores.slice(3) });
    const all = [...a.cores, ...b.cores];
    checkGradient(
      both((x, y) => ttToTensor(ttAdd(x, ttScale(y, 3)))),
      all,
    );
    checkGradient(
      both((x, y) => ttToTensor(ttHadamard(x, y))),
      all,
    );
    checkGradient(
      both((x, y) => ttSum(ttHadamard(x, ttSub(x, y)))),
      all,
    );
    checkGradient((cores) => ttToTensor(ttSumModes({ cores }, [0, 2])), a.cores);
    checkGradient((cores) => ttToTensor(ttSlice({ cores }, [1, { start: 1 }])), a.cores);
    checkGradient(
      ([w, ...cores]) => ttSum({ cores }, [w, irregular([3], 5), irregular([2], 6)]),
      [irregular([2], 1), ...a.cores],
    );
    checkGradient(([c, ...cores]) => ttToTensor(ttScale({ cores }, c)), [tensor(0.7), ...a.cores]);
  });
});

describe('ttNorm and ttInner', () => {
  test.each([
    [1e150, 1],
    [1e-150, 1],
    [1e250, 1e-200],
    [1e-250, 1e200],
  ])('leave the range of numbers only where the result does: cores of size %d and %d', (first, second) => {
    const [x, y] = [irregular([1, 3, 2], 1), irregular([2, 4, 1], 2)];
    const plain = { cores: [x, y] };
    const scaled = { cores: [mul(x, first), mul(y, second)] };
    expectClose([ttNorm(scaled)], [ttNorm(plain) * first * second], { factor: 32 });
    expectClose([ttInner(scaled, plain)], [ttNorm(plain) ** 2 * first * second], { factor: 64 });
  });

  test('a norm of differences is right below the root of eps', () => {
    const a = irregularTt([4, 5, 6], [3, 2]);
    const b = irregularTt([4, 5, 6], [1, 2], 9);
    const difference = ttSub(ttAdd(a, ttScale(b, 1e-10)), a);
    expect(Math.abs(ttNorm(difference) / (1e-10 * ttNorm(b)) - 1)).toBeLessThan(1e-3);
    expect(ttNorm(ttSub(a, a)) / ttNorm(a)).toBeLessThan(1e-14);
  });

  test('zero trains have norm 0', () => {
    expect(ttNorm(ttScale(irregularTt([2, 3], [2]), 0))).toBe(0);
    expect(ttInner(ttScale(irregularTt([2, 3], [2]), 0), ttOnes([2, 3]))).toBe(0);
  });

  test('fifty modes are no matter', () => {
    const shape = new Array<number>(50).fill(10);
    const ones = ttOnes(shape);
    expectClose([ttNorm(ones), ttInner(ones, ones), ttSum(ones).item()], [1e25, 1e50, 1e50], {
      factor: 400,
      scale: 1e50,
    });
    expectClose([ttNorm(ones)], [1e25], { factor: 400 });
  });
});

describe('constructors', () => {
  test('ones are ones', () => {
    expectSameBits(elements(ttToTensor(ttOnes([2, 3]))), [1, 1, 1, 1, 1, 1]);
  });

  test('random trains have the ranks asked for as far as the sizes allow, and depend on the key alone', () => {
    const shape = [3, 2, 4, 2];
    expect(ttRanks(ttRandom(shape, 5))).toEqual([1, 3, 5, 2, 1]);
    expect(ttRanks(ttRandom(shape, [1, 7, 5, 6, 1]))).toEqual([1, 7, 5, 6, 1]);
    const dense = (seed: number): Float64Array => elements(ttToTensor(ttRandom(shape, 5, { key: key(seed) })));
    expectSameBits(dense(3), dense(3));
    expect(dense(4)).not.toEqual(dense(3));
    expectSameBits(elements(ttToTensor(ttRandom(shape, 5))), dense(0));
  });

  test('elements of random trains have variance 1', () => {
    const tt = ttRandom(new Array<number>(4).fill(16), [1, 40, 40, 40, 1]);
    const meanSquare = ttNorm(tt) ** 2 / 16 ** 4;
    expect(Math.abs(meanSquare - 1)).toBeLessThan(0.25);
  });
});

/** A vector along one of several modes, of size 1 in the others. */
function broadcastAlong(w: Tensor, mode: number, order: number): Tensor {
  return tensor(
    elements(w),
    Array.from({ length: order }, (_, k) => (k === mode ? w.size : 1)),
  );
}
