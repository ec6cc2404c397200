import { fc, test } from '@fast-check/vitest';
import { tensor } from '@neuronseek/tensor';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { ttAt, ttElement, ttRanks, ttShape, ttTensor, ttToTensor } from '../src/index.js';
import { shapes } from './arbitraries.js';
import { checkGradient } from './check-gradient.js';
import { irregular } from './irregular.js';
import { elementsOf, irregularTt, magnitude, ttOf } from './tt-support.js';

const tts = shapes({ maxOrder: 5 }).chain((shape) => ttOf(shape));

describe('ttToTensor', () => {
  test.prop([tts])('has the products of matrices as elements', (tt) => {
    const x = ttToTensor(tt);
    expect(x.shape).toEqual(ttShape(tt));
    expectClose(x.toTypedArray(), elementsOf(tt), { factor: 32, scale: magnitude(tt) });
  });

  test('has the derivatives that differences show, with respect to every core', () => {
    for (const shape of [[3], [2, 3], [2, 1, 3], [2, 2, 2, 2]]) {
      checkGradient((cores) => ttToTensor({ cores }), irregularTt(shape, shape.slice(1)).cores);
    }
  });
});

describe('ttAt and ttElement', () => {
  test.prop([
    tts.chain((tt) => {
      const index = fc.tuple(...ttShape(tt).map((n) => fc.nat(n - 1)));
      return fc.tuple(fc.constant(tt), fc.array(index, { maxLength: 5 }));
    }),
  ])('are the elements of the dense tensor', ([tt, indices]) => {
    const shape = ttShape(tt);
    const dense = elementsOf(tt);
    const expected = indices.map((index) => dense[index.reduce((q, i, k) => q * shape[k] + i, 0)]);
    const tolerance = { factor: 32, scale: magnitude(tt) };
    expectClose(ttAt(tt, indices).toTypedArray(), expected, tolerance);
    const asTensor = tensor(Float64Array.from(indices.flat()), [indices.length, shape.length]);
    expectClose(ttAt(tt, asTensor).toTypedArray(), expected, tolerance);
    expectClose(
      indices.map((index) => ttElement(tt, index)),
      expected,
      tolerance,
    );
  });

  test('values at samples have the derivatives that differences show', () => {
    const tt = irregularTt([2, 3, 2], [2, 3]);
    const indices = [
      [0, 2, 1],
      [1, 0, 1],
      [0, 2, 1],
    ];
    checkGradient((cores) => ttAt({ cores }, indices), tt.cores);
  });
});

describe('ttTensor', () => {
  test('keeps the cores, tells ranks and sizes', () => {
    const cores = [irregular([1, 4, 2], 1), irregular([2, 3, 1], 2)];
    const tt = ttTensor({ cores });
    expect(tt.cores[1]).toBe(cores[1]);
    expect(ttRanks(tt)).toEqual([1, 2, 1]);
    expect(ttShape(tt)).toEqual([4, 3]);
  });
});
