import { fc, test } from '@fast-check/vitest';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { eye, tensor, zeros } from '../../src/core/create.js';
import { grad } from '../../src/core/grad.js';
import { mul } from '../../src/core/ops/arithmetic.js';
import { stack } from '../../src/core/ops/concat.js';
import { exp } from '../../src/core/ops/exponential.js';
import { matmul } from '../../src/core/ops/matmul.js';
import type { Tensor } from '../../src/core/tensor.js';
import { det, slogdet } from '../../src/linalg/index.js';
import { checkDerivatives, fromData, fromMatrix, lawInputs, stackOfTwo } from './derivative-law.js';
import { wellConditioned } from './hard-matrices.js';

const pairs = fc.integer({ min: 1, max: 5 }).chain((n) => fc.tuple(wellConditioned(n), wellConditioned(n)));

test.prop([pairs])('det(a·b) = det(a)·det(b), and slogdet is its sign and logarithm', ([a, b]) => {
  const [x, y] = [fromData(fromMatrix(a)), fromData(fromMatrix(b))];
  const expected = det(x).item() * det(y).item();
  const factor = 60 * a.rows ** 2;
  expectClose([det(matmul(x, y)).item()], [expected], { factor });
  const { sign, logAbsDet } = slogdet(x);
  expectClose([mul(sign, exp(logAbsDet)).item()], [det(x).item()], { factor });
});

test('known values, stacks and empty matrices', () => {
  const swap = tensor([
    [0, 2],
    [3, 0],
  ]);
  expect(det(stack([swap, eye(2)])).toArray()).toEqual([-6, 1]);
  expect(slogdet(swap).sign.item()).toBe(-1);
  expect(det(zeros([0, 0])).item()).toBe(1);
  expect(det(zeros([2, 2])).item()).toBe(0);
  const singular = slogdet(zeros([2, 2]));
  expect([singular.sign.item(), singular.logAbsDet.item()]).toEqual([0, -Infinity]);
  // 1e-200·I of size 4 underflows in det only.
  const tiny = slogdet(mul(eye(4), 1e-200));
  expectClose([tiny.logAbsDet.item()], [-800 * Math.LN10], { factor: 8 });
  expect(det(tensor([[3]], undefined, { dtype: 'float32' })).dtype).toBe('float32');
});

test('a product that is in range comes out, whatever the range of its factors', () => {
  const diagonal = (...entries: number[]): Tensor => mul(eye(entries.length), tensor(entries));
  expect(det(diagonal(2 ** 700, 2 ** 700, 2 ** -700, 2 ** -699)).item()).toBe(2);
  expect(det(diagonal(2 ** -700, 2 ** -700, 2 ** 700, -(2 ** 699))).item()).toBe(-0.5);
  expect(det(diagonal(2 ** -1074, 2 ** -1074, 2 ** 1023, 2 ** 1023, 3)).item()).toBe(3 * 2 ** -102);
  expect(det(diagonal(1e200, 1e200, 0)).item()).toBe(0);
  expect(det(diagonal(1e200, -1e200)).item()).toBe(-Infinity);
  expect(det(diagonal(1e-200, 1e-200)).item()).toBe(0);
  expect(det(diagonal(2 ** -537, 2 ** -537)).item()).toBe(2 ** -1074);
});

test('refusals', () => {
  expect(() => det(zeros([2, 3]))).toThrow('det: the matrix is not square: a is [2, 3]');
  expect(() => slogdet(tensor([[Infinity]]))).toThrow('slogdet: the matrix is not finite: element [0, 0] is Infinity');
  const growing = tensor([
    [1, 1e308],
    [-1, 1e308],
  ]);
  expect(() => slogdet(growing)).toThrow(
    'slogdet: the matrix overflows in elimination: a factor has an entry Infinity',
  );
  expect(() => det(stack([eye(2), growing]))).toThrow('det: matrix [1] of the stack overflows in elimination');
  expect(() => grad((a: Tensor) => det(a))(zeros([2, 2]))).toThrow(
    'derivative of det: the matrix is singular: pivot 0 is 0',
  );
});

describe('derivatives of orders 1 and 2', () => {
  const size = fc.integer({ min: 1, max: 3 });
  const points = fc.oneof(
    size.chain((n) => wellConditioned(n)).map((a) => [fromMatrix(a)]),
    size.chain((n) => fc.tuple(wellConditioned(n), wellConditioned(n))).map(([a, b]) => [stackOfTwo(a, b)]),
  );
  const ofDet = ([a]: Tensor[]): Tensor => det(a);
  const ofLog = ([a]: Tensor[]): Tensor => slogdet(a).logAbsDet;

  test.prop([lawInputs(points, ofDet)])('det obeys the law', (c) => {
    checkDerivatives(ofDet, c);
  });

  test.prop([lawInputs(points, ofLog)])('slogdet obeys the law', (c) => {
    checkDerivatives(ofLog, c);
  });

  test('the sign is constant', () => {
    expect(grad((a: Tensor) => slogdet(a).sign)(eye(2)).toArray()).toEqual(zeros([2, 2]).toArray());
  });
});
