import { type Shape, showShape, type Tensor } from '@neuronseek/tensor';
import { checkTensor } from '../checks/check-tensor.js';

/** Refuses data without modes or elements; looks at shapes, not at numbers, which need not be there yet. */
export function checkData(name: string, x: Tensor): void {
  checkTensor(name, 'x', x);
  if (x.order === 0) throw new RangeError(`${name}: x needs at least one mode: its shape is []`);
  if (x.size === 0) throw new RangeError(`${name}: x has no elements: its shape is ${showShape(x.shape)}`);
}

/** Refuses weights of another shape than the data. */
export function checkWeights(name: string, weights: Tensor, shape: Shape, argument: string = 'weights'): void {
  checkTensor(name, argument, weights);
  if (showShape(weights.shape) === showShape(shape)) return;
  throw new RangeError(`${name}: ${argument} has shape ${showShape(weights.shape)}, expected ${showShape(shape)}`);
}
