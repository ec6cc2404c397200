import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import * as ns from '../../src/index.js';
import { compileLoop, compileStep } from '../../src/index.js';
import { expectSameTensors } from '../support/same-tensors.js';

const numbers = (shape: number[], dtype: ns.DType): ns.Tensor =>
  ns.reshape(
    ns.tensor(
      Array.from({ length: shape.reduce((size, n) => size * n, 1) }, (_, i) => Math.sin(1 + i)),
      undefined,
      { dtype },
    ),
    shape,
  );

const uses: Record<string, (x: ns.Tensor, at: ns.Tensor) => ns.Tensor> = {
  take: (x, at) => ns.take(x, at),
  'take along the last axis': (x, at) => ns.take(x, at, { axis: -1 }),
  'take from a constant': (x, at) => ns.add(ns.take(numbers([5, 5], 'float64'), at), ns.sum(x)),
  scatterAdd: (x, at) => ns.scatterAdd(x, at, ns.mul(ns.take(x, at), 0.5)),
  gather: (x, at) => ns.gather(x, ns.broadcastTo(ns.reshape(at, [1, at.size]), [5, at.size])),
  takeAlongAxis: (x, at) =>
    ns.takeAlongAxis(x, ns.broadcastTo(ns.reshape(at, [at.size, 1]), [at.size, 5]), { axis: 0 }),
  oneHot: (x, at) => ns.matmul(ns.oneHot(ns.abs(at), 5, { dtype: x.dtype }), x),
  'indices that are computed': (x) => ns.take(x, ns.argmax(x, { axis: 1 })),
};

describe.each(Object.entries(uses))('indices among the arguments: %s', (_name, use) => {
  test.prop(
    [
      fc.array(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 40 }), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.constantFrom<ns.DType>('int32', 'float64'),
      fc.constantFrom<ns.DType>('float32', 'float64'),
    ],
    { numRuns: 20 },
  )('same bits, also of the first and second derivative', (lists, indexType, dtype) => {
    const x = numbers([5, 5], dtype);
    const slope = ns.grad((v: ns.Tensor, at: ns.Tensor) => ns.sum(ns.square(ns.square(use(v, at)))));
    const f = (v: ns.Tensor, at: ns.Tensor): ns.Tensor[] => [
      use(v, at),
      slope(v, at),
      ns.grad((w: ns.Tensor) => ns.sum(ns.square(slope(w, at))))(v),
    ];
    const step = compileStep(f);
    for (const list of lists) {
      const at = ns.tensor(list, undefined, { dtype: indexType });
      expectSameTensors(step(x, at), f(x, at));
    }
  });
});

describe('indices that do not fit', () => {
  const table = numbers([3, 2], 'float64');

  it('are refused when the step meets them, as in the eager run, and leave a loop where it was', () => {
    const loop = compileLoop((x: ns.Tensor, at: ns.Tensor) => [ns.add(x, ns.take(table, at)), null], table);
    const message = 'take: index 3 at position 1 is out of range for axis 0 of [3, 2]';
    loop.step(ns.tensor([2, -1, 0]));
    const before = loop.state();
    expect(() => loop.step(ns.tensor([0, 3, 0]))).toThrow(new RangeError(message));
    expectSameTensors([loop.state()], [before]);
    loop.step(ns.tensor([0, 1, 2]));
    expectSameTensors([loop.state()], [ns.add(before, table)]);
    expect(() => compileStep((at: ns.Tensor) => ns.oneHot(at, 2))(ns.tensor([-1]))).toThrow('oneHot: index -1');
    expect(() => compileStep((at: ns.Tensor) => ns.gather(table, at))(ns.tensor([[0.5]]))).toThrow('index 0.5');
  });

  it('of bool are refused when the step is traced', () => {
    const step = compileStep((at: ns.Tensor) => ns.take(table, at));
    expect(() => step(ns.tensor([true]))).toThrow(new TypeError('take: indices must be numbers, got a tensor of bool'));
  });
});
