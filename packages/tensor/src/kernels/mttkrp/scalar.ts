import type { FloatArray } from '../gemm/contract.js';
import { COLUMN_BLOCK, chunkRows, ROW_BLOCK } from './contract.js';
import { balancedCut, productOf } from './cut.js';

/** The order of the contract, one number at a time and with everything in ordinary arrays: the oracle of the variants. */
export function mttkrpScalar(
  x: FloatArray,
  shape: readonly number[],
  factors: readonly Float64Array[],
  rank: number,
  mode: number,
  out: Float64Array,
): void {
  const cut = balancedCut(shape);
  const [rows, cols] = [productOf(shape.slice(0, cut)), productOf(shape.slice(cut))];
  const right = mode < cut;
  const [kept, gone] = right ? [rows, cols] : [cols, rows];
  const sizes = right ? shape.slice(0, cut) : shape.slice(cut);
  const keptFactors = right ? factors.slice(0, cut) : factors.slice(cut);
  const product = khatriRao(right ? factors.slice(cut) : factors.slice(0, cut), gone, rank);
  let current: Float64Array = new Float64Array(kept * rank);
  for (let q = 0; q < kept; q++) {
    for (let r = 0; r < rank; r++) {
      const plain = (from: number, to: number): number => {
        let sum = 0;
        for (let p = from; p < to; p++) sum += (right ? x[q * cols + p] : x[p * cols + q]) * product[p * rank + r];
        return sum;
      };
      const chunk = (from: number, to: number): number => inBlocks(from, to, ROW_BLOCK, plain);
      current[q * rank + r] = right
        ? inBlocks(0, gone, COLUMN_BLOCK, plain)
        : inBlocks(0, gone, chunkRows(gone), chunk);
    }
  }
  const own = right ? mode : mode - cut;
  for (let m = sizes.length - 1; m > own; m--) current = contract(current, sizes[m], keptFactors[m], rank, 'last');
  for (let m = 0; m < own; m++) current = contract(current, sizes[m], keptFactors[m], rank, 'first');
  out.set(current);
}

/** Sums of consecutive blocks, added one after another to +0. */
function inBlocks(from: number, to: number, length: number, block: (from: number, to: number) => number): number {
  let sum = 0;
  for (let at = from; at < to; at += length) sum += block(at, Math.min(at + length, to));
  return sum;
}

function khatriRao(factors: readonly Float64Array[], rows: number, rank: number): Float64Array {
  const product = new Float64Array(rows * rank).fill(1);
  let block = rows;
  for (const factor of factors) {
    const size = factor.length / rank;
    block /= size;
    for (let q = 0; q < product.length; q++) {
      const row = Math.floor(q / rank / block) % size;
      product[q] *= factor[row * rank + (q % rank)];
    }
  }
  return product;
}

function contract(
  from: Float64Array,
  size: number,
  factor: Float64Array,
  rank: number,
  which: 'first' | 'last',
): Float64Array {
  const out = new Float64Array(from.length / size);
  const blocks = out.length / rank;
  for (let q = 0; q < blocks; q++) {
    for (let i = 0; i < size; i++) {
      const row = which === 'last' ? q * size + i : i * blocks + q;
      for (let r = 0; r < rank; r++) out[q * rank + r] += from[row * rank + r] * factor[i * rank + r];
    }
  }
  return out;
}
