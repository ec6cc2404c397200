import type { FloatArray } from '../gemm/contract.js';

/** Length of one block of the sum over the columns of x. */
export const COLUMN_BLOCK = 256;

/** Length of one block of the sum over the rows of x. */
export const ROW_BLOCK = 64;

/** The sum over the rows of x falls into this many chunks at most. */
const MOST_CHUNKS = 16;

/** Rows of a chunk of the sum over the rows: whole blocks, as many as it takes for the chunks to be few. */
export function chunkRows(rows: number): number {
  return ROW_BLOCK * Math.ceil(rows / (ROW_BLOCK * MOST_CHUNKS));
}

/**
 * Matricized tensor times Khatri–Rao product, all modes but one contracted column by column:
 *
 *     out[i_mode·rank + r] = Σ over the other indices of x[i₀, …, i_{N-1}] · Π_{m≠mode} factors[m][i_m·rank + r]
 *
 * x is gap-free and row-major, never copied whole and never unfolded. factors[mode] is not read. N = 1 gives x in every column.
 *
 * Order of summation: x is read as a matrix [L, G], cut between two modes where `balancedCut(shape)` says. The side without `mode` is contracted
 * with the Khatri–Rao product K of its factors, whose products are taken from its first factor to its last, one rounding each; K is formed some rows
 * at a time and never stands as a whole. Sums run in increasing index:
 *
 *     right side  P[l, r] = Σ_g x[l, g]·K[g, r]   g in blocks of COLUMN_BLOCK, each summed from +0, added to P one after another
 *     left side   Q[g, r] = Σ_l x[l, g]·K[l, r]   l in chunks of chunkRows(L), these in blocks of ROW_BLOCK, each summed from +0; blocks are added to
 *                                                 the sum of their chunk, chunks to Q, one after another
 *
 * Then the other modes of the remaining side go one by one, each a plain sum from +0 in increasing index: first those after `mode` from the last one
 * on, then those before it from the first one on. Products are rounded before they are added (no fused multiply-add). Every variant keeps this
 * order, so all give the same bits, with any number of threads.
 *
 * Preconditions (not checked): no size is 0, `out` holds shape[mode]·rank numbers and is none of the inputs.
 * Cost: 2·rank·size(x) flops and less than 8·rank·max(L, G) more; memory for about 2·rank·max(L, G) numbers.
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
 * for any order instead of one a mode (Phan, Tichavský & Cichocki 2013; Kaya & Uçar 2016). It owns its working memory: sweeps after the first one allocate
 * nothing. x is read in place where it lives in a workspace, else copied some rows at a time in every pass.
 */
export interface MttkrpSweep {
  /**
   * Calls `visit(mode, out)` for the modes marked in `wanted`, in increasing order; it may overwrite factors[mode], and the modes after it see the new
   * values. `out` stays as it is until the same mode is visited again.
   * Cost: 4·rank·size(x) flops and lower order terms.
   */
  readonly run: (
    factors: readonly Float64Array[],
    wanted: readonly boolean[],
    visit: (mode: number, out: Float64Array) => void,
  ) => void;
  /** Gives the working memory back; `run` must not be called any more. */
  readonly release: () => void;
}

/** One side of x, and what contracting it needs: the variants differ in this. */
export interface Half {
  /** Contracts the side that is gone with the factors of its modes. */
  readonly contract: (gone: readonly Float64Array[]) => void;
  /** What is left for one mode of the side that is kept, all others of it contracted; [size of the mode, rank]. */
  readonly rest: (mode: number, kept: readonly Float64Array[]) => Float64Array;
  readonly release: () => void;
}

/** Which part of the work a half does. */
export interface HalfSizes {
  /** Sizes of the modes whose factors are contracted first, and of those that are left then. */
  readonly gone: readonly number[];
  readonly kept: readonly number[];
  /** Whether the modes that are gone are the trailing ones, the columns of x as a matrix, or the leading ones, the rows. */
  readonly side: 'left' | 'right';
  readonly rank: number;
}
