import type { FloatArray } from '@neuronseek/tensor/kernels';

/**
 * Gram matrix of the mode-n fibers' rows: X_(n)·X_(n)ᵀ for the unfolding X_(n) of a gap-free row-major x,
 *
 *     out[i·I_n + j] = Σ over the other indices of x[…, i, …]·x[…, j, …]
 *
 * x is read as [L, I_n, Rt] where it stands. Order of summation: blocks l = 0 … L - 1 are added one after another, each summed as
 * `gemm` does; for the last mode (Rt = 1) it is one `gemm` over l.
 * Preconditions (not checked): `out` holds I_n² numbers. Cost: 2·I_n·size(x) flops.
 */
export type ModeGram = (x: FloatArray, shape: readonly number[], mode: number, out: Float64Array) => void;
