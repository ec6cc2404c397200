import { reshape, type Shape, type Tensor, transpose } from '@neuronseek/tensor';
import { checkMode } from '../checks/check-mode.js';
import { checkTensor } from '../checks/check-tensor.js';
import { completeOptions } from '../fit/complete-options.js';

/** Options of `unfold` and `fold`. */
export interface UnfoldOptions {
  /** Which of the other modes runs fastest along the columns: the last one, or as in Kolda & Bader (2009) the first one. Default: 'row-major'. */
  readonly columns?: ColumnOrder;
}

/** In which order the columns of an unfolding stand. */
export type ColumnOrder = 'row-major' | 'kolda';

/** Defaults of `unfold` and `fold`. */
export const unfoldDefaults: Required<UnfoldOptions> = { columns: 'row-major' };

/**
 * Mode-n matricization: mode n becomes the rows, the other modes in their order the columns, the last one fastest.
 *
 * x [I₀, …, I_{N-1}] → [I_n, Π_{m≠n} I_m]; element (i_n, j) with j the row-major index of (i_m)_{m≠n}. Kolda & Bader (2009)
 * let the first mode run fastest instead, which `columns: 'kolda'` does: the same columns in another order, and unfold(x, n) ≈ Aₙ ·
 * khatriRao(all others, in order)ᵀ becomes Aₙ · khatriRao(all others, reversed)ᵀ.
 * Differentiable. A view for mode 0 of a gap-free tensor in row-major order, else a copy.
 *
 * @throws RangeError where mode is not an integer from 0 to N - 1 or columns is neither of the two
 */
export function unfold(x: Tensor, mode: number, options: UnfoldOptions = {}): Tensor {
  checkTensor('unfold', 'x', x);
  checkMode('unfold', mode, x.order);
  const others = columnModes('unfold', x.order, mode, options);
  return reshape(transpose(x, [mode, ...others]), unfoldedShape(x.shape, mode));
}

/** The modes that columns run through, the fastest one last. */
export function columnModes(name: string, order: number, mode: number, options: UnfoldOptions): number[] {
  const { columns } = completeOptions(name, unfoldDefaults, options);
  if (columns !== 'row-major' && columns !== 'kolda') {
    throw new RangeError(`${name}: columns is neither 'row-major' nor 'kolda': ${String(columns)}`);
  }
  const others = otherModes(order, mode);
  return columns === 'kolda' ? others.reverse() : others;
}

/** All modes but one, in order. */
export function otherModes(order: number, mode: number): number[] {
  return Array.from({ length: order }, (_, m) => m).filter((m) => m !== mode);
}

/** The shape of the unfolding in `mode`. */
export function unfoldedShape(shape: Shape, mode: number): [number, number] {
  return [shape[mode], shape.reduce((product, n, m) => (m === mode ? product : product * n), 1)];
}
