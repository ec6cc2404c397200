import { fc } from '@fast-check/vitest';
import { type Data, permutation } from '@neuronseek/testkit';
import type { DType } from '../../src/core/dtype.js';
import { Tensor } from '../../src/core/tensor.js';
import { indices, typed } from './elements.js';

/** How the elements of a tensor are laid out: the order of the axes in memory, which run backwards, and gaps. */
export interface Arrangement {
  readonly layout: readonly number[];
  readonly reversed: readonly boolean[];
  readonly gaps: readonly number[];
  readonly before: number;
}

/** Transposed, reversed and gapped layouts; shrinks to row-major without gaps. */
export function arrangement(order: number): fc.Arbitrary<Arrangement> {
  const each = { minLength: order, maxLength: order };
  return fc.record({
    layout: permutation(order),
    reversed: fc.array(fc.boolean(), each),
    gaps: fc.array(fc.nat(2), each),
    before: fc.nat(3),
  });
}

/** Data in such a layout. Places in between hold NaN (or 77 where there is none), so that a misread shows. */
export function arrange({ shape, data }: Data, how: Arrangement, dtype: DType = 'float64'): Tensor {
  const strides = shape.map(() => 0);
  let span = 1;
  let offset = how.before;
  for (let i = shape.length - 1; i >= 0; i--) {
    const axis = how.layout[i];
    const stride = span + how.gaps[axis];
    strides[axis] = how.reversed[axis] ? -stride : stride;
    if (how.reversed[axis]) offset += Math.max(shape[axis] - 1, 0) * stride;
    span = Math.max(span, stride * shape[axis]);
  }
  const floating = dtype === 'float64' || dtype === 'float32';
  const buffer = typed(dtype, new Array<number>(how.before + span + 2).fill(floating ? Number.NaN : 77));
  indices(shape).forEach((index, q) => {
    buffer[index.reduce((place, i, axis) => place + i * strides[axis], offset)] = data[q];
  });
  return new Tensor(buffer, dtype, shape, strides, offset);
}
