import { gemm } from '@neuronseek/tensor/kernels';
import { factorColumns, type TermSizes } from './contract.js';
import { interactionGradients, interactionTerms } from './interaction-stream.js';
import { powerGradients, powerScratch, powerTerms } from './power-stream.js';

/** Rows are taken in blocks whose inner products fill about this many numbers (512 KiB: a second-level cache). */
const BLOCK = 65_536;
/** Below this many rows a block leaves the matrix product xᵀ·gz too little to amortise. */
const MIN_ROWS = 32;

/** Forward pass: z = x·f by one matrix product a block, then one pass over the block for each stream. */
export function forwardFused(
  sizes: TermSizes,
  x: Float64Array,
  w: Float64Array,
  f: Float64Array,
  terms: Float64Array,
  z: Float64Array,
): void {
  const { batch, inputs, outputs, powers, interactions } = sizes;
  const columns = factorColumns(interactions, outputs);
  const rows = blockRows(batch, inputs, columns);
  const scratch = reserve(powerScratch(rows, inputs));
  for (let from = 0; from < batch; from += rows) {
    const to = Math.min(batch, from + rows);
    if (powers.length > 0) powerTerms(sizes, from, to, x, w, terms, scratch);
    if (columns === 0) continue;
    gemm(to - from, columns, inputs, x, from * inputs, inputs, 1, f, 0, columns, 1, z, from * columns, columns, false);
    interactionTerms(sizes, columns, from, to, z, terms);
  }
}

/** Backward pass: gz by prefix and suffix products, then gf = xᵀ·gz and gx = gz·fᵀ plus the power stream. */
export function backwardFused(
  sizes: TermSizes,
  gTerms: Float64Array,
  x: Float64Array,
  w: Float64Array,
  f: Float64Array,
  z: Float64Array,
  gx: Float64Array | undefined,
  gw: Float64Array | undefined,
  gf: Float64Array | undefined,
): void {
  const { batch, inputs, outputs, powers, interactions } = sizes;
  const columns = factorColumns(interactions, outputs);
  const rows = blockRows(batch, inputs, columns);
  const withPowers = powers.length > 0 && (gx !== undefined || gw !== undefined);
  const withInteractions = columns > 0 && (gx !== undefined || gf !== undefined);
  gw?.fill(0);
  if (batch === 0) gf?.fill(0);
  if (columns === 0) gx?.fill(0);
  const scratch = reserve(Math.max(rows * columns, 2 * powerScratch(rows, inputs)));
  const product = scratch.subarray(powerScratch(rows, inputs));
  for (let from = 0; from < batch; from += rows) {
    const to = Math.min(batch, from + rows);
    if (withInteractions) {
      interactionGradients(sizes, columns, from, to, gTerms, z, scratch);
      const at = from * inputs;
      if (gf) gemm(inputs, columns, to - from, x, at, 1, inputs, scratch, 0, columns, 1, gf, 0, columns, from > 0);
      if (gx) gemm(to - from, inputs, columns, scratch, 0, columns, 1, f, 0, 1, columns, gx, at, inputs, false);
    }
    if (withPowers) powerGradients(sizes, from, to, gTerms, x, w, gx, gw, scratch, product);
  }
}

function blockRows(batch: number, inputs: number, columns: number): number {
  const fitting = Math.floor(BLOCK / Math.max(columns, 2 * inputs));
  return Math.max(1, Math.min(batch, Math.max(MIN_ROWS, fitting)));
}

let kept: Float64Array = new Float64Array(0);

/** Scratch that outlives the call: zeroing a fresh block each time would cost as much as a pass over it. */
function reserve(count: number): Float64Array {
  if (kept.length < count) kept = new Float64Array(count);
  return kept;
}
