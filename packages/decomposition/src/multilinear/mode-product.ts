import { matmul, matrixTranspose, reshape, showShape, type Tensor } from '@neuronseek/tensor';
import { checkMode } from '../checks/check-mode.js';
import { checkTensor } from '../checks/check-tensor.js';
import { completeOptions } from '../fit/complete-options.js';

/** Options of `modeProduct`. */
export interface ModeProductOptions {
  /** Multiply by the transposed matrix. Default: false. */
  readonly transpose?: boolean;
}

/** Defaults of `modeProduct`. */
export const modeProductDefaults: Required<ModeProductOptions> = { transpose: false };

/**
 * n-mode product x ×ₙ A: every mode-n fiber of x is multiplied by A.
 *
 *     y[…, k, …] = Σ_i A[k, i] · x[…, i, …]
 *
 * A is [K, I_n], or [I_n, K] with `transpose`; mode n of the result has size K. A vector [I_n] contracts the mode, which
 * disappears. Differentiable. A gap-free x is not copied: it is read as a stack [L, I_n, Rt] of matrices. 2·K·size(x) flops.
 *
 * @throws RangeError where mode is out of range or the inner sizes differ
 */
export function modeProduct(x: Tensor, matrix: Tensor, mode: number, options: ModeProductOptions = {}): Tensor {
  checkTensor('modeProduct', 'x', x);
  checkTensor('modeProduct', 'matrix', matrix);
  checkMode('modeProduct', mode, x.order);
  const { transpose } = completeOptions('modeProduct', modeProductDefaults, options);
  const size = x.shape[mode];
  const vector = matrix.order === 1;
  const inner = matrix.shape[vector || transpose ? 0 : 1];
  if (matrix.order < 1 || matrix.order > 2 || inner !== size) {
    throw new RangeError(
      `modeProduct: inner sizes differ: mode ${mode} of x ${showShape(x.shape)} has size ${size}, ` +
        `matrix has shape ${showShape(matrix.shape)}${transpose ? ', transposed' : ''}`,
    );
  }
  const rows = vector ? reshape(matrix, [1, size]) : transpose ? matrixTranspose(matrix) : matrix;
  const left = x.shape.slice(0, mode);
  const right = x.shape.slice(mode + 1);
  const product = multiply(x, rows, productOf(left), productOf(right));
  return reshape(product, vector ? [...left, ...right] : [...left, rows.shape[0], ...right]);
}

/** The product as [L, K, Rt] or, for the last mode, as the one matrix product [L, K] instead of L products with a vector. */
function multiply(x: Tensor, rows: Tensor, left: number, right: number): Tensor {
  const size = rows.shape[1];
  return right === 1
    ? matmul(reshape(x, [left, size]), matrixTranspose(rows))
    : matmul(rows, reshape(x, [left, size, right]));
}

function productOf(sizes: readonly number[]): number {
  return sizes.reduce((product, n) => product * n, 1);
}
