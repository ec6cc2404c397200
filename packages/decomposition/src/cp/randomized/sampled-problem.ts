import { type FloatArray, gemm } from '@neuronseek/tensor/kernels';
import { solveNormal } from '../als/solve-normal.js';
import type { RowSampler, SampledRows } from './sampled-rows.js';

/** Rows of the Khatri–Rao product of all factors but that of `mode`, times their scales: [rows, rank]. */
export function khatriRaoRows(
  { shape, strides }: RowSampler,
  mode: number,
  { starts, scales }: SampledRows,
  factors: readonly Float64Array[],
  rank: number,
): Float64Array {
  const rows = new Float64Array(starts.length * rank);
  for (let j = 0; j < starts.length; j++) rows.fill(scales[j], j * rank, (j + 1) * rank);
  factors.forEach((factor, m) => {
    if (m === mode) return;
    for (let j = 0; j < starts.length; j++) {
      const from = (Math.floor(starts[j] / strides[m]) % shape[m]) * rank;
      const to = j * rank;
      for (let r = 0; r < rank; r++) rows[to + r] *= factor[from + r];
    }
  });
  return rows;
}

/**
 * The fibres of x in `mode` that belong to the rows, over `norm` and times their scales: [rows, Iₙ]. x stays as it is, only these are read; one fibre after another
 * is faster than slice by slice, also where a fibre reaches through all of x.
 */
export function gatherFibres(
  x: FloatArray,
  norm: number,
  { shape, strides }: RowSampler,
  mode: number,
  { starts, scales }: SampledRows,
): Float64Array {
  const size = shape[mode];
  const stride = strides[mode];
  const fibres = new Float64Array(starts.length * size);
  for (let j = 0; j < starts.length; j++) {
    const scale = scales[j];
    let at = starts[j];
    const end = (j + 1) * size;
    for (let q = j * size; q < end; q++, at += stride) fibres[q] = (x[at] / norm) * scale;
  }
  return fibres;
}

/**
 * The factor [Iₙ, R] that solves the sampled least squares problem of a mode, by its normal equations; of least norm where these are singular.
 * Cost: 2·rows·R·(Iₙ + R) flops.
 */
export function solveSampled(rows: Float64Array, fibres: Float64Array, rank: number, size: number): Float64Array {
  const count = rows.length / rank;
  const gram = new Float64Array(rank * rank);
  const m = new Float64Array(size * rank);
  gemm(rank, rank, count, rows, 0, 1, rank, rows, 0, rank, 1, gram, 0, rank, false);
  gemm(size, rank, count, fibres, 0, 1, size, rows, 0, rank, 1, m, 0, rank, false);
  return solveNormal(rank, gram, m);
}
