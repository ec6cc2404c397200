import { showShape, type Tensor } from '@neuronseek/tensor';
import { checkMode } from '../checks/check-mode.js';
import { checkTensor } from '../checks/check-tensor.js';
import { completeOptions } from '../fit/complete-options.js';
import { modeProduct } from './mode-product.js';

/** Options of `modeProducts`. */
export interface ModeProductsOptions {
  /** Multiply by the transposed matrices. Default: false. */
  readonly transpose?: boolean;
  /** The modes that the matrices belong to, in their order; all modes of x where it is left out. */
  readonly modes?: readonly number[];
  /** A mode that is left as it is; its entry among the matrices is not read. No mode where it is left out. */
  readonly skip?: number;
}

/** Defaults of `modeProducts`. */
export const modeProductsDefaults: { readonly transpose: boolean } = { transpose: false };

/**
 * Products of a tensor with one matrix in each of several modes: x ×₀ A₀ ×₁ A₁ …
 *
 *     y[k₀, k₁, …] = Σ A₀[k₀, i₀]·A₁[k₁, i₁]·…·x[i₀, i₁, …]
 *
 * Each A is [K_n, I_n], or [I_n, K_n] with `transpose`, or a vector [I_n], whose mode disappears; modes always count as in x.
 * The products commute: those that shrink the tensor most, or let it grow least, are taken first. Differentiable.
 * Cost: at most Σ 2·K_n·size of what stands by then.
 *
 * @throws RangeError where matrices and modes differ in number, a mode is out of range or occurs twice, or inner sizes differ
 */
export function modeProducts(x: Tensor, matrices: readonly Tensor[], options: ModeProductsOptions = {}): Tensor {
  checkTensor('modeProducts', 'x', x);
  const {
    transpose,
    skip,
    modes: given,
  } = completeOptions('modeProducts', modeProductsDefaults, options, ['modes', 'skip']);
  const modes = given ?? x.shape.map((_, mode) => mode);
  checkArguments(x, matrices, modes, skip);
  const wanted = modes
    .map((mode, i) => ({ mode, matrix: matrices[i], growth: 1 }))
    .filter(({ mode }) => mode !== skip)
    .map(({ mode, matrix }) => ({ mode, matrix, growth: growth(x, matrix, mode, transpose) }))
    .sort((a, b) => a.growth - b.growth || b.mode - a.mode);
  const gone: number[] = [];
  return wanted.reduce((y, { mode, matrix }) => {
    const at = mode - gone.filter((m) => m < mode).length;
    if (matrix.order === 1) gone.push(mode);
    return modeProduct(y, matrix, at, { transpose });
  }, x);
}

function checkArguments(x: Tensor, matrices: readonly Tensor[], modes: readonly number[], skip?: number): void {
  if (!Array.isArray(matrices)) {
    throw new TypeError(`modeProducts: matrices is not an array of tensors: ${String(matrices)}`);
  }
  if (matrices.length !== modes.length) {
    throw new RangeError(`modeProducts: matrices has length ${matrices.length}, expected ${modes.length}, one a mode`);
  }
  modes.forEach((mode, i) => {
    checkMode('modeProducts', mode, x.order);
    if (modes.indexOf(mode) !== i)
      throw new RangeError(`modeProducts: mode ${mode} occurs twice: [${modes.join(', ')}]`);
  });
  if (skip !== undefined) checkMode('modeProducts: skip', skip, x.order);
}

/** Size of the mode afterwards in units of what it is; refuses what cannot be multiplied, naming the mode of x. */
function growth(x: Tensor, matrix: Tensor, mode: number, transpose: boolean): number {
  checkTensor('modeProducts', `matrix of mode ${mode}`, matrix);
  const vector = matrix.order === 1;
  const inner = matrix.shape[vector || transpose ? 0 : 1];
  if (matrix.order < 1 || matrix.order > 2 || inner !== x.shape[mode]) {
    throw new RangeError(
      `modeProducts: inner sizes differ: mode ${mode} of x ${showShape(x.shape)} has size ${x.shape[mode]}, ` +
        `its matrix has shape ${showShape(matrix.shape)}${transpose ? ', transposed' : ''}`,
    );
  }
  return vector ? 0 : matrix.shape[transpose ? 1 : 0] / Math.max(1, inner);
}
