import { gemm } from '@neuronseek/tensor/kernels';
import type { InteractionTermSizes, RowKernel } from './contract.js';

/**
 * Contracts the core with the forms of one factor after the other, the last first: with A_k the core,
 * A_{m−1}[i] = Σ_r A_m[i·R_m + r]·z_m[r], out = A_0. Backward the outer products gA_m = g·z_1 ⊗ … ⊗ z_m run the other way:
 * gz_m[r] = Σ_i gA_{m−1}[i]·A_m[i·R_m + r], gCore = gA_k. What touches the whole core, the last factor, is a matrix product over all rows; of the others,
 * smaller by R_k, each row has its own chain.
 */
export const tuckerRows: RowKernel = {
  forward: (sizes, from, to, z, core, out) => {
    const { outputs, order } = sizes;
    const places = layout(sizes);
    const { columns, counts, length } = places;
    const packed = pack(core, outputs);
    const half = counts[order - 1];
    const top = new Float64Array((to - from) * half);
    const chain = new Float64Array(length);
    for (let c = 0; c < outputs; c++) {
      contractLast(sizes, from, to, z, packed, c, top);
      for (let b = from; b < to; b++) {
        contractRow(sizes, places, top, (b - from) * half, z, b * columns + c, chain, 0);
        out[b * outputs + c] = order === 1 ? top[b - from] : chain[0];
      }
    }
  },
  backward: (sizes, from, to, g, z, core, gz, gCore) => {
    const { outputs, order, ranks } = sizes;
    const places = layout(sizes);
    const { columns, counts, starts, bases, length } = places;
    const packed = pack(core, outputs);
    const [rows, half, last, count] = [to - from, counts[order - 1], ranks[order - 1], counts[order]];
    const top = new Float64Array(rows * half);
    const gTop = new Float64Array(rows * half);
    const chain = new Float64Array(length);
    const gChain = new Float64Array(length);
    const gLast = new Float64Array(rows * last);
    const gPacked = new Float64Array(gCore === undefined ? 0 : count);
    for (let c = 0; c < outputs; c++) {
      if (order > 1) contractLast(sizes, from, to, z, packed, c, top);
      for (let b = from; b < to; b++) {
        const row = b * columns + c;
        const gRow = (b - from) * columns + c;
        const at = (b - from) * half;
        contractRow(sizes, places, top, at, z, row, chain, 1);
        gChain[0] = g[b * outputs + c];
        if (order === 1) gTop[at] = gChain[0];
        for (let m = 0; m < order - 1; m++) {
          const highest = m === order - 2;
          const [above, start] = [highest ? top : chain, highest ? at : starts[m + 1]];
          formGradients(above, start, gChain, starts[m], counts[m], ranks[m], gz, gRow + bases[m], outputs);
          const [into, place] = [highest ? gTop : gChain, highest ? at : starts[m + 1]];
          outerProduct(gChain, starts[m], counts[m], ranks[m], z, row + bases[m], outputs, into, place);
        }
      }
      gemm(rows, last, half, gTop, 0, half, 1, packed, c * count, last, 1, gLast, 0, last, false);
      const base = bases[order - 1] + c;
      for (let b = 0, i = 0; b < rows; b++) {
        for (let r = 0; r < last; r++, i++) gz[b * columns + base + r * outputs] = gLast[i];
      }
      if (gCore === undefined) continue;
      const first = from * columns + base;
      gemm(half, last, rows, gTop, 0, 1, half, z, first, columns, outputs, gPacked, 0, last, false);
      for (let i = 0; i < count; i++) gCore[i * outputs + c] += gPacked[i];
    }
  },
};

/** top[b − from, i] = A_{k−1}[i] of row b. */
function contractLast(
  sizes: InteractionTermSizes,
  from: number,
  to: number,
  z: Float64Array,
  packed: Float64Array,
  c: number,
  top: Float64Array,
): void {
  const { outputs, order, ranks } = sizes;
  const { columns, counts, bases } = layout(sizes);
  const [half, rank] = [counts[order - 1], ranks[order - 1]];
  const first = from * columns + bases[order - 1] + c;
  gemm(to - from, half, rank, z, first, columns, outputs, packed, c * counts[order], 1, rank, top, 0, half, false);
}

/** A_{k−2} … A_{lowest} of one row, from A_{k−1} at `at` of `top`. */
function contractRow(
  { outputs, order, ranks }: InteractionTermSizes,
  { counts, starts, bases }: Layout,
  top: Float64Array,
  at: number,
  z: Float64Array,
  row: number,
  chain: Float64Array,
  lowest: number,
): void {
  for (let m = order - 2; m >= lowest; m--) {
    const highest = m === order - 2;
    const [above, start] = [highest ? top : chain, highest ? at : starts[m + 1]];
    contractCore(above, start, counts[m], ranks[m], z, row + bases[m], outputs, chain, starts[m]);
  }
}

/** A_m has counts[m] = R_1 … R_m entries and stands at starts[m] of a chain; forms of factor m begin at column bases[m]. */
interface Layout {
  readonly columns: number;
  readonly counts: readonly number[];
  readonly starts: readonly number[];
  readonly bases: readonly number[];
  /** Of a chain without A_{k−1} and the core. */
  readonly length: number;
}

function layout({ outputs, ranks }: InteractionTermSizes): Layout {
  const counts = [1];
  const starts = [0];
  const bases = [0];
  ranks.forEach((rank, m) => {
    counts.push(counts[m] * rank);
    starts.push(starts[m] + counts[m]);
    bases.push(bases[m] + rank * outputs);
  });
  return { columns: bases[ranks.length], counts, starts, bases, length: Math.max(1, starts[ranks.length - 1]) };
}

/** The core with its last axis, the outputs, first: the sums over it then run over neighbours. */
function pack(core: Float64Array, outputs: number): Float64Array {
  if (outputs === 1) return core;
  const count = core.length / outputs;
  const packed = new Float64Array(core.length);
  for (let i = 0; i < count; i++) for (let c = 0; c < outputs; c++) packed[c * count + i] = core[i * outputs + c];
  return packed;
}

/** into[i] = Σ_r from[i·rank + r]·z[r·stride]. */
function contractCore(
  from: Float64Array,
  start: number,
  count: number,
  rank: number,
  z: Float64Array,
  row: number,
  stride: number,
  into: Float64Array,
  at: number,
): void {
  for (let i = 0, j = start; i < count; i++) {
    let sum = 0;
    for (let r = 0, k = row; r < rank; r++, j++, k += stride) sum += from[j] * z[k];
    into[at + i] = sum;
  }
}

/** gz[r·stride] = Σ_i gChain[i]·above[i·rank + r]. */
function formGradients(
  above: Float64Array,
  start: number,
  gChain: Float64Array,
  at: number,
  count: number,
  rank: number,
  gz: Float64Array,
  row: number,
  stride: number,
): void {
  for (let r = 0; r < rank; r++) gz[row + r * stride] = 0;
  for (let i = 0, j = start; i < count; i++) {
    const outer = gChain[at + i];
    for (let r = 0, k = row; r < rank; r++, j++, k += stride) gz[k] += outer * above[j];
  }
}

/** into[to + i·rank + r] = chain[at + i]·z[r·stride]. */
function outerProduct(
  chain: Float64Array,
  at: number,
  count: number,
  rank: number,
  z: Float64Array,
  row: number,
  stride: number,
  into: Float64Array,
  to: number,
): void {
  for (let i = 0, j = to; i < count; i++) {
    const outer = chain[at + i];
    for (let r = 0, k = row; r < rank; r++, j++, k += stride) into[j] = outer * z[k];
  }
}
