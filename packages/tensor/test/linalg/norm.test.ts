import { fc, test } from '@fast-check/vitest';
import { data, expectClose } from '@neuronseek/testkit';
import { expect } from 'vitest';
import { full, tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { mul } from '../../src/core/ops/arithmetic.js';
import { transpose } from '../../src/core/ops/transpose.js';
import type { Tensor } from '../../src/core/tensor.js';
import { norm } from '../../src/linalg/index.js';
import { checkDerivatives, fromData, lawInputs } from './derivative-law.js';

const run = ([x]: Tensor[]): Tensor => norm(x);
const shapes = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 });
// Away from 0, where the norm has a kink.
const away = shapes.chain((shape) => data({ shape, min: 0.5, max: 2 })).map((x) => [x]);

test.prop([lawInputs(away, run)])('derivatives of orders 1 and 2 obey the law', (c) => {
  checkDerivatives(run, c);
});

test.prop([shapes.chain((shape) => data({ shape, min: -2, max: 2 })), fc.double({ min: -1e3, max: 1e3, noNaN: true })])(
  'is homogeneous and does not see the order of axes',
  (x, factor) => {
    const value = norm(fromData(x)).item();
    const size = { factor: 4 * (x.data.length + 2), scale: Math.abs(factor) * value + 1e-300 };
    expectClose([norm(mul(fromData(x), factor)).item()], [Math.abs(factor) * value], size);
    expectClose([norm(transpose(fromData(x))).item()], [value], { factor: 4 * (x.data.length + 2) });
  },
);

test('known values, extremes and dtypes', () => {
  expect(
    norm(
      tensor([
        [3, 0],
        [0, 4],
      ]),
    ).item(),
  ).toBe(5);
  expect(norm(full([4], 1e200)).item()).toBeCloseTo(2e200, -187);
  expect(norm(full([4], 1e-200)).item()).toBeCloseTo(2e-200, 210);
  expect(norm(zeros([0])).item()).toBe(0);
  expect(norm(tensor([1, Number.NaN])).item()).toBeNaN();
  expect(norm(tensor(Float32Array.of(1, 1))).item()).toBe(Math.fround(Math.SQRT2));
  expect(norm(tensor(Int32Array.of(3, 4))).dtype).toBe('float64');
  expect(grad((x: Tensor) => norm(x))(zeros([2])).toArray()).toEqual([0, 0]);
});
