import { fc } from '@fast-check/vitest';
import { type StridedViewOptions, stridedView, type ValueOptions, value } from '@neuronseek/testkit';
import type { DType } from '../../src/core/dtype.js';
import { Tensor } from '../../src/core/tensor.js';
import { typed } from './elements.js';

/** Numbers at which formulas and comparisons go wrong. */
export const special: readonly number[] = [
  0,
  -0,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  1,
  -1,
  5e-324,
  -(2 ** -1022),
  1e-17,
  1e300,
  -1e300,
  709,
  -745,
];

/** Tensors on any strided view of a buffer, overlapping ones included; ints and bools get the values that they hold. */
export function stridedTensor(
  dtype: DType = 'float64',
  shapes: StridedViewOptions = { maxOrder: 4, maxSize: 4 },
  values: ValueOptions = { special },
): fc.Arbitrary<Tensor> {
  const element =
    dtype === 'bool' ? fc.nat(1) : dtype === 'int32' ? fc.integer({ min: -1000, max: 1000 }) : value(values);
  return stridedView(shapes).chain(({ shape, strides, offset, length }) =>
    fc
      .array(element, { minLength: length, maxLength: length })
      .map((list) => new Tensor(typed(dtype, list), dtype, shape, strides, offset)),
  );
}
