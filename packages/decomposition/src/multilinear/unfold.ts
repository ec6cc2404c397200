import { reshape, type Shape, type Tensor, transpose } from '@neuronseek/tensor';
import { checkMode } from '../checks/check-mode.js';
import { checkTensor } from '../checks/check-tensor.js';

/**
 * Mode-n matricization: mode n becomes the rows, the other modes in their order the columns, the last one fastest.
 *
 * x [I₀, …, I_{N-1}] → [I_n, Π_{m≠n} I_m]; element (i_n, j) with j the row-major index of (i_m)_{m≠n}. Kolda & Bader (2009)
 * let the first mode run fastest instead: their columns are the same in another order.
 * Differentiable. A view for mode 0 of a gap-free tensor, else a copy.
 *
 * @throws RangeError where mode is not an integer from 0 to N - 1
 */
export function unfold(x: Tensor, mode: number): Tensor {
  checkTensor('unfold', 'x', x);
  checkMode('unfold', mode, x.order);
  return reshape(transpose(x, [mode, ...otherModes(x.order, mode)]), unfoldedShape(x.shape, mode));
}

/** All modes but one, in order. */
export function otherModes(order: number, mode: number): number[] {
  return Array.from({ length: order }, (_, m) => m).filter((m) => m !== mode);
}

/** The shape of the unfolding in `mode`. */
export function unfoldedShape(shape: Shape, mode: number): [number, number] {
  return [shape[mode], shape.reduce((product, n, m) => (m === mode ? product : product * n), 1)];
}
