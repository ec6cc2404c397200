import { flatten, type Tensor, tensor } from '@neuronseek/tensor';

/** A tensor as threads are sent one. */
export interface PlainTensor {
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

/** A copy of the elements as float64, where there are threads in memory that all of them see: it is not copied again for each. */
export function toPlain(x: Tensor): PlainTensor {
  const bytes = 8 * x.size;
  const buffer = typeof SharedArrayBuffer === 'function' ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  const data = new Float64Array(buffer);
  data.set(flatten(x));
  return { data, shape: x.shape };
}

/** The tensor again; elements are copied out of memory that others see. */
export function fromPlain({ data, shape }: PlainTensor): Tensor {
  return tensor(data.slice(), shape);
}
