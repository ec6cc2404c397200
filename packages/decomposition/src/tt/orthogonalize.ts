import { gemm } from '@neuronseek/tensor/kernels';
import { checkMode } from '../checks/check-mode.js';
import { qrFactors } from '../low-rank/qr-factors.js';
import { normalize, scaledProduct } from './scaled.js';
import { type TtNumbers, ttNumbers, ttOfNumbers } from './tt-numbers.js';
import type { TtTensor } from './tt-tensor.js';

/** A train of unit norm in its site, times the product of the scales, while an algorithm works on it. */
export interface OrthogonalTrain {
  readonly shape: readonly number[];
  readonly ranks: number[];
  /** Arrays of its own. */
  readonly cores: Float64Array[];
  /** Norms that were taken out; their product is the norm of the train, 0 for a zero train. */
  readonly scales: number[];
}

/**
 * The same tensor with orthogonal cores around a site: those before it, as matrices [r·n, r'], have orthonormal columns, those after it, as
 * [r, n·r'], orthonormal rows, so that the core at the site has the norm of the tensor.
 *
 * Ranks above what the sizes allow on their side shrink to that: r_{k+1} ≤ r_k·n_k before the site, r_k ≤ n_k·r_{k+1} after it. Norms of
 * single cores may leave the range of numbers in products, as long as that of the tensor does not. Householder QR. Cost: about
 * 4·Σ n_k·r³ flops. (Oseledets 2011, section 3)
 *
 * @throws RangeError where shapes do not agree, a number is not finite or the site is no mode
 */
export function ttOrthogonalize(tt: TtTensor, site: number): TtTensor {
  const numbers = ttNumbers('ttOrthogonalize', tt);
  checkMode('ttOrthogonalize', site, numbers.shape.length);
  const train = orthogonalTrain(numbers, site);
  const norm = scaledProduct(train.scales);
  const core = train.cores[site];
  for (let q = 0; q < core.length; q++) core[q] *= norm;
  return ttOfNumbers(train);
}

/** The numbers with orthogonal cores around a site, which has norm 1; the norm stands in `scales`. */
export function orthogonalTrain({ shape, ranks, cores }: TtNumbers, site: number): OrthogonalTrain {
  const train = { shape, ranks: [...ranks], cores: cores.map((core) => core.slice()), scales: [] };
  for (let k = 0; k < shape.length; k++) takeScale(train, k);
  for (let k = 0; k < site; k++) orthogonalizeLeft(train, k);
  for (let k = shape.length - 1; k > site; k--) orthogonalizeRight(train, k);
  return train;
}

/** Divides a core by its norm and keeps that. */
function takeScale({ cores, scales }: OrthogonalTrain, k: number): void {
  scales.push(normalize(cores[k]));
}

/** Core k = Q·R; R goes into core k + 1, whose norm is taken out. */
export function orthogonalizeLeft(train: OrthogonalTrain, k: number): void {
  const { shape, ranks, cores } = train;
  const rows = ranks[k] * shape[k];
  const columns = ranks[k + 1];
  const rank = Math.min(rows, columns);
  const { q, r } = qrFactors(cores[k], rows, columns);
  const behind = shape[k + 1] * ranks[k + 2];
  const next = new Float64Array(rank * behind);
  gemm(rank, behind, columns, r, 0, columns, 1, cores[k + 1], 0, behind, 1, next, 0, behind, false);
  cores[k] = q;
  cores[k + 1] = next;
  ranks[k + 1] = rank;
  takeScale(train, k + 1);
}

/** Core k = L·Q by the QR factorisation of its transpose; L goes into core k - 1. */
function orthogonalizeRight(train: OrthogonalTrain, k: number): void {
  const { shape, ranks, cores } = train;
  const rows = ranks[k];
  const columns = shape[k] * ranks[k + 1];
  const rank = Math.min(rows, columns);
  const { q, r } = qrFactors(transposed(cores[k], rows, columns), columns, rows);
  const before = ranks[k - 1] * shape[k - 1];
  const next = new Float64Array(before * rank);
  gemm(before, rank, rows, cores[k - 1], 0, rows, 1, r, 0, 1, rows, next, 0, rank, false);
  cores[k] = transposed(q, columns, rank);
  cores[k - 1] = next;
  ranks[k] = rank;
  takeScale(train, k - 1);
}

function transposed(matrix: Float64Array, m: number, n: number): Float64Array {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) out[j * m + i] = matrix[i * n + j];
  }
  return out;
}
