import { flatten, type Tensor, tensor } from '@neuronseek/tensor';
import type { Data } from '@neuronseek/testkit';

/** A tensor of the laws' plain data. */
export function toTensor({ shape, data }: Data): Tensor {
  return tensor(data, shape);
}

/** The other way, always a copy in doubles. */
export function toData(t: Tensor): Data {
  return { shape: t.shape, data: Float64Array.from(flatten(t)) };
}
