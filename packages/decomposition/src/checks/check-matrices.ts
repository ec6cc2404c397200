import { showShape, type Tensor } from '@neuronseek/tensor';
import { checkTensor } from './check-tensor.js';

/** Refuses an empty list and anything in it that is not a matrix. */
export function checkMatrices(name: string, matrices: readonly Tensor[]): void {
  if (!Array.isArray(matrices))
    throw new TypeError(`${name}: matrices is not an array of tensors: ${String(matrices)}`);
  if (matrices.length === 0) throw new RangeError(`${name}: needs at least one matrix: received none`);
  matrices.forEach((matrix, i) => {
    checkTensor(name, `matrix ${i}`, matrix);
    if (matrix.order !== 2) {
      throw new RangeError(`${name}: matrix ${i} is not of order 2: its shape is ${showShape(matrix.shape)}`);
    }
  });
}
