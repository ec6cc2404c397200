import type { InteractionTermSizes, RowKernel } from './contract.js';

/**
 * Contracts the core with the forms of one factor after the other, the last first: with A_k the core,
 * A_{m−1}[i] = Σ_r A_m[i·R_m + r]·z_m[r], out = A_0. Backward the outer products gA_m = g·z_1 ⊗ … ⊗ z_m run the other way:
 * gz_m[r] = Σ_i gA_{m−1}[i]·A_m[i·R_m + r], gCore = gA_k.
 */
export const tuckerRows: RowKernel = {
  forward: (sizes, from, to, z, core, out) => {
    const { outputs, order, ranks } = sizes;
    const { columns, counts, starts, bases, length } = layout(sizes);
    const packed = pack(core, outputs);
    const count = counts[order];
    const chain = new Float64Array(length);
    for (let c = 0; c < outputs; c++) {
      for (let b = from; b < to; b++) {
        const row = b * columns + c;
        contractCore(
          packed,
          c * count,
          counts[order - 1],
          ranks[order - 1],
          z,
          row + bases[order - 1],
          outputs,
          chain,
          starts[order - 1],
        );
        for (let m = order - 1; m > 0; m--) {
          contractCore(
            chain,
            starts[m],
            counts[m - 1],
            ranks[m - 1],
            z,
            row + bases[m - 1],
            outputs,
            chain,
            starts[m - 1],
          );
        }
        out[b * outputs + c] = chain[0];
      }
    }
  },
  backward: (sizes, from, to, g, z, core, gz, gCore) => {
    const { outputs, order, ranks } = sizes;
    const { columns, counts, starts, bases, length } = layout(sizes);
    const packed = pack(core, outputs);
    const count = counts[order];
    const chain = new Float64Array(length);
    const gChain = new Float64Array(length);
    const gPacked = new Float64Array(gCore === undefined ? 0 : packed.length);
    for (let c = 0; c < outputs; c++) {
      for (let b = from; b < to; b++) {
        const row = b * columns + c;
        contractCore(
          packed,
          c * count,
          counts[order - 1],
          ranks[order - 1],
          z,
          row + bases[order - 1],
          outputs,
          chain,
          starts[order - 1],
        );
        for (let m = order - 1; m > 1; m--) {
          contractCore(
            chain,
            starts[m],
            counts[m - 1],
            ranks[m - 1],
            z,
            row + bases[m - 1],
            outputs,
            chain,
            starts[m - 1],
          );
        }
        gChain[0] = g[b * outputs + c];
        const gRow = (b - from) * columns + c;
        for (let m = 0; m < order; m++) {
          const last = m === order - 1;
          const above = last ? packed : chain;
          const start = last ? c * count : starts[m + 1];
          formGradients(above, start, gChain, starts[m], counts[m], ranks[m], gz, gRow + bases[m], outputs);
          if (!last) outerProduct(gChain, starts[m], counts[m], ranks[m], z, row + bases[m], outputs, starts[m + 1]);
        }
        if (gCore !== undefined) {
          const m = order - 1;
          addOuterProduct(gChain, starts[m], counts[m], ranks[m], z, row + bases[m], outputs, gPacked, c * count);
        }
      }
    }
    if (gCore === undefined) return;
    for (let c = 0; c < outputs; c++) for (let i = 0; i < count; i++) gCore[i * outputs + c] += gPacked[c * count + i];
  },
};

/** A_m has counts[m] = R_1 … R_m entries and stands at starts[m] of a chain; forms of factor m begin at column bases[m]. */
function layout({ outputs, ranks }: InteractionTermSizes): {
  readonly columns: number;
  readonly counts: readonly number[];
  readonly starts: readonly number[];
  readonly bases: readonly number[];
  readonly length: number;
} {
  const counts = [1];
  const starts = [0];
  const bases = [0];
  ranks.forEach((rank, m) => {
    counts.push(counts[m] * rank);
    starts.push(starts[m] + counts[m]);
    bases.push(bases[m] + rank * outputs);
  });
  return { columns: bases[ranks.length], counts, starts, bases, length: starts[ranks.length] };
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

/** chain[to + i·rank + r] = chain[at + i]·z[r·stride]. */
function outerProduct(
  chain: Float64Array,
  at: number,
  count: number,
  rank: number,
  z: Float64Array,
  row: number,
  stride: number,
  to: number,
): void {
  for (let i = 0, j = to; i < count; i++) {
    const outer = chain[at + i];
    for (let r = 0, k = row; r < rank; r++, j++, k += stride) chain[j] = outer * z[k];
  }
}

/** sums[to + i·rank + r] += chain[at + i]·z[r·stride]. */
function addOuterProduct(
  chain: Float64Array,
  at: number,
  count: number,
  rank: number,
  z: Float64Array,
  row: number,
  stride: number,
  sums: Float64Array,
  to: number,
): void {
  for (let i = 0, j = to; i < count; i++) {
    const outer = chain[at + i];
    for (let r = 0, k = row; r < rank; r++, j++, k += stride) sums[j] += outer * z[k];
  }
}
