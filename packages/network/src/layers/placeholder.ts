import { broadcastTo, type Tensor, zeros } from '@neuronseek/tensor';

/** A tensor that stands for its shape: one zero in memory, however large it is. */
export function placeholder(shape: readonly number[]): Tensor {
  return broadcastTo(zeros([]), shape);
}
