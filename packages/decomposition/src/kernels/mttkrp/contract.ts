import type { FloatArray } from '@neuronseek/tensor/kernels';

/**
 * Matricized tensor times Khatri–Rao product, all modes but one contracted column by column:
 *
 *     out[i_mode·rank + r] = Σ over the other indices of x[i₀, …, i_{N-1}] · Π_{m≠mode} factors[m][i_m·rank + r]
 *
 * x is gap-free and row-major, never copied and never unfolded. factors[mode] is not read. N = 1 gives x in every column.
 *
 * Order of summation: x is read as a matrix [L, G] cut between two modes; one side, without `mode`, is contracted by one
 * `gemm` with the Khatri–Rao product of that side's factors (its order is gemm's), the other modes of the remaining side
 * one after another in increasing index, first those after `mode` from the last one, then those before it from the first.
 * The cut depends on the shape and the mode alone.
 *
 * Preconditions (not checked): no size is 0, `out` holds shape[mode]·rank numbers and is none of the inputs.
 * Cost: 2·rank·size(x) flops and less than 4·rank·max(L, G) more; as many numbers of extra memory at most.
 */
export type Mttkrp = (
  x: FloatArray,
  shape: readonly number[],
  factors: readonly Float64Array[],
  rank: number,
  mode: number,
  out: Float64Array,
) => void;

/**
 * The same for several modes one after another, sharing the contraction of a side between all modes of the other: two passes over x
 * for any order instead of one a mode (Phan, Tichavský & Cichocki 2013; Kaya & Uçar 2016).
 *
 * `visit(mode, out)` is called for the modes marked in `wanted`, in increasing order; it may overwrite factors[mode], and the
 * modes after it see the new values. `out` is only good during the call.
 * Cost: 4·rank·size(x) flops and lower order terms.
 */
export type MttkrpSweep = (
  x: FloatArray,
  shape: readonly number[],
  factors: readonly Float64Array[],
  rank: number,
  wanted: readonly boolean[],
  visit: (mode: number, out: Float64Array) => void,
) => void;
