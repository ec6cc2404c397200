import { expectSameBits } from '@neuronseek/testkit';
import { expect } from 'vitest';
import type { Tensor } from '../../src/core/tensor.js';

/** Tensors of the same dtypes, shapes and bits, one by one; a NaN is a NaN whatever its payload. */
export function expectSameTensors(received: readonly Tensor[], expected: readonly Tensor[]): void {
  expect(received.map(({ dtype, shape }) => ({ dtype, shape }))).toEqual(
    expected.map(({ dtype, shape }) => ({ dtype, shape })),
  );
  for (const [i, x] of received.entries()) expectSameBits(x.toTypedArray(), expected[i].toTypedArray());
}
