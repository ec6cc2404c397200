import { reshape, type Shape, showShape, type Tensor, transpose } from '@neuronseek/tensor';
import { checkMode } from '../checks/check-mode.js';
import { checkTensor } from '../checks/check-tensor.js';
import { columnModes, type UnfoldOptions, unfoldedShape } from './unfold.js';

/**
 * The tensor of the given shape whose unfolding in `mode` is `matrix`: the inverse of `unfold`, a view of a gap-free matrix.
 *
 * matrix [I_n, Π_{m≠n} I_m] → `shape` [I₀, …, I_{N-1}]; `columns` says in which order they stand, as for `unfold`. Differentiable.
 *
 * @throws RangeError where mode is not an integer from 0 to N - 1, the matrix does not have that shape or columns is unknown
 */
export function fold(matrix: Tensor, mode: number, shape: Shape, options: UnfoldOptions = {}): Tensor {
  checkTensor('fold', 'matrix', matrix);
  if (!Array.isArray(shape)) throw new TypeError(`fold: shape is not a list of sizes: ${String(shape)}`);
  checkMode('fold', mode, shape.length);
  const expected = unfoldedShape(shape, mode);
  if (matrix.order !== 2 || matrix.shape[0] !== expected[0] || matrix.shape[1] !== expected[1]) {
    throw new RangeError(
      `fold: matrix has shape ${showShape(matrix.shape)}, expected ${showShape(expected)} for mode ${mode} of ${showShape(shape)}`,
    );
  }
  const others = columnModes('fold', shape.length, mode, options);
  const moved = reshape(matrix, [shape[mode], ...others.map((m) => shape[m])]);
  return transpose(
    moved,
    shape.map((_, m) => (m === mode ? 0 : others.indexOf(m) + 1)),
  );
}
