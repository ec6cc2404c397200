import { fc, test } from '@fast-check/vitest';
import { compileStep, grad, mul, reshape, sum, type Tensor, take, tensor } from '@neuronseek/tensor';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { cpAt, type SampleIndices, type StructuredTensor, ttAt, tuckerAt } from '../src/index.js';
import { shapes } from './arbitraries.js';
import { checkGradient } from './check-gradient.js';
import { allIndices, denseOf, irregularOf, partsOf, structuredOf } from './formats.js';
import { irregular } from './irregular.js';
import { magnitude } from './tt-support.js';

function at(x: StructuredTensor, indices: SampleIndices): Tensor {
  if ('weights' in x) return cpAt(x, indices);
  return 'core' in x ? tuckerAt(x, indices) : ttAt(x, indices);
}

/** Sizes of the terms of one element: entries are below 4. */
function scaleOf(x: StructuredTensor): number {
  if ('cores' in x) return magnitude(x);
  const terms = 'core' in x ? x.core.size : x.weights.size;
  return terms * 4 ** (1 + x.factors.length);
}

const problem = shapes({ maxOrder: 4 }).chain((shape) =>
  fc.record({
    x: structuredOf(shape),
    shape: fc.constant(shape),
    picks: fc.array(fc.nat(shape.reduce((product, n) => product * n, 1) - 1), { minLength: 0, maxLength: 9 }),
  }),
);

describe('elements at samples', () => {
  test.prop([problem])('are those of the dense tensor, repeated and in any order', ({ x, shape, picks }) => {
    const all = allIndices(shape);
    const indices = picks.map((q) => all[q]);
    const dense = denseOf(x).toTypedArray();
    const expected = picks.map((q) => dense[q]);
    const options = { factor: 64, scale: scaleOf(x) };
    if (picks.length > 0) expectClose(at(x, indices).toTypedArray(), Float64Array.from(expected), options);
    expectClose(at(x, all).toTypedArray(), dense, options);
  });

  test.prop([problem])('have the gradient of the dense tensor taken there', ({ x, shape, picks }) => {
    const all = allIndices(shape);
    const { parts, make } = partsOf(x);
    const cotangent = irregular([picks.length], 3);
    if (picks.length === 0) return;
    const indices = picks.map((q) => all[q]);
    const sampled = grad((ps: readonly Tensor[]) => sum(mul(cotangent, at(make(ps), indices))))(parts);
    const naive = grad((ps: readonly Tensor[]) => {
      const flat = reshape(denseOf(make(ps)), [-1]);
      return sum(mul(cotangent, take(flat, picks)));
    })(parts);
    sampled.forEach((g, k) => {
      expectClose(g.toTypedArray(), naive[k].toTypedArray(), { factor: 64, scale: 9 * 2 * scaleOf(x) });
    });
  });

  test.each(Object.entries(irregularOf([3, 2, 4])))('%s: derivatives of order 1 and 2', (_, x) => {
    const { parts, make } = partsOf(x);
    // More samples than rows, and fewer.
    const many = [
      [0, 0, 0],
      [2, 1, 3],
      [1, 0, 2],
      [2, 1, 3],
      [0, 1, 1],
    ];
    checkGradient((ps) => at(make(ps), many), parts);
    checkGradient((ps) => at(make(ps), many.slice(1, 3)), parts);
  });

  test.each(Object.entries(irregularOf([3, 2, 4])))('%s: indices may be a tensor, and none are no samples', (_, x) => {
    const list = [
      [2, 1, 3],
      [0, 0, 1],
    ];
    for (const dtype of ['int32', 'float64'] as const) {
      expectSameBits(at(x, tensor(list.flat(), [2, 3], { dtype })).toTypedArray(), at(x, list).toTypedArray());
    }
    expect(at(x, []).shape).toEqual([0]);
    expect(at(x, tensor([], [0, 3])).shape).toEqual([0]);
  });

  test.each(Object.entries(irregularOf([3, 2, 4])))(
    '%s: a compiled step does the same, indices being part of it',
    (_, x) => {
      const { parts, make } = partsOf(x);
      const step = grad((ps: readonly Tensor[]) =>
        sum(
          at(make(ps), [
            [2, 1, 3],
            [0, 0, 1],
            [2, 1, 3],
            [1, 1, 1],
          ]),
        ),
      );
      const compiled = compileStep((ps: readonly Tensor[]) => step(ps));
      const once = step(parts);
      compiled(parts);
      const again = compiled(parts);
      again.forEach((g, k) => {
        expectSameBits(g.toTypedArray(), once[k].toTypedArray());
      });
    },
  );
});
