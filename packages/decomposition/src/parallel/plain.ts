import { flatten, type Tensor, tensor } from '@neuronseek/tensor';

/** A tensor as threads are sent one. */
export interface PlainTensor {
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

/** A copy of numbers, where there are threads in memory that all of them see: it is not copied again for each. */
export function shared(numbers: ArrayLike<number>): Float64Array {
  const bytes = 8 * numbers.length;
  const buffer = typeof SharedArrayBuffer === 'function' ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  const copy = new Float64Array(buffer);
  copy.set(numbers);
  return copy;
}

/** A copy of the elements as float64, `shared`. */
export function toPlain(x: Tensor): PlainTensor {
  return { data: shared(flatten(x)), shape: x.shape };
}

/** The tensor again; elements are copied out of memory that others see. */
export function fromPlain({ data, shape }: PlainTensor): Tensor {
  return tensor(data.slice(), shape);
}
