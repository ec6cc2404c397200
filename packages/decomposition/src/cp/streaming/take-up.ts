import { gemm, type MttkrpSweep, mttkrp } from '@neuronseek/tensor/kernels';
import { solveNormal } from '../als/solve-normal.js';
import { unitColumns } from '../unit-columns.js';
import type { StreamNumbers } from './stream.js';

/** A batch of slices in row-major order. */
export interface Batch {
  readonly elements: Float64Array;
  readonly shape: readonly number[];
}

/**
 * Takes up a batch: the rows of the new slices by least squares, then every other factor from the sums of all batches, `passes` times
 * over. `stream` is written to; its factor of the growing mode comes to hold the new rows alone, which `unitScale` expects.
 */
export function takeUp(
  stream: StreamNumbers,
  { elements, shape }: Batch,
  sweep: MttkrpSweep,
  forgetting: number,
  passes: number,
): void {
  const { mode, rank, factors, products, grams } = stream;
  const [oldProducts, oldGrams] = [products.map((p) => p.slice()), grams.map((g) => g.slice())];
  const rows = new Float64Array(shape[mode] * rank);
  const wanted = shape.map((_, n) => n !== mode);
  const own = factors.map((factor) => gramOf(factor, rank));
  for (let pass = 0; pass < passes; pass++) {
    mttkrp(elements, shape, factors, rank, mode, rows);
    factors[mode] = solveNormal(rank, hadamard(own, mode), rows);
    own[mode] = gramOf(factors[mode], rank);
    sweep.run(factors, wanted, (n, m) => {
      const added = hadamard(own, n);
      for (let q = 0; q < m.length; q++) products[n][q] = forgetting * oldProducts[n][q] + m[q];
      for (let q = 0; q < added.length; q++) grams[n][q] = forgetting * oldGrams[n][q] + added[q];
      factors[n].set(solveNormal(rank, grams[n], products[n]));
      own[n] = gramOf(factors[n], rank);
    });
  }
}

/**
 * Gives every factor but the growing one unit columns, which changes neither the model nor what the sums mean: the scale goes to the
 * rows of the growing mode, all of them in `rows`, and from a factor into the sums that it was solved for from. A column that vanished stays.
 */
export function unitScale({ mode, rank, factors, products, grams }: StreamNumbers, rows: Float64Array): void {
  factors.forEach((factor, n) => {
    if (n === mode) return;
    const { norms } = unitColumns(factor, rank);
    const scale = norms.map((norm) => (norm > 0 ? norm : 1));
    for (let q = 0; q < factor.length; q++) factor[q] /= scale[q % rank];
    for (let q = 0; q < rows.length; q++) rows[q] *= scale[q % rank];
    for (let q = 0; q < products[n].length; q++) products[n][q] *= scale[q % rank];
    for (let q = 0; q < rank * rank; q++) grams[n][q] *= scale[Math.floor(q / rank)] * scale[q % rank];
  });
}

function gramOf(factor: Float64Array, rank: number): Float64Array {
  const gram = new Float64Array(rank * rank);
  gemm(rank, rank, factor.length / rank, factor, 0, 1, rank, factor, 0, rank, 1, gram, 0, rank, false);
  return gram;
}

/** The elementwise product of all but one. */
function hadamard(grams: readonly Float64Array[], skipped: number): Float64Array {
  const product = new Float64Array(grams[0].length).fill(1);
  grams.forEach((gram, n) => {
    if (n !== skipped) for (let q = 0; q < product.length; q++) product[q] *= gram[q];
  });
  return product;
}
