import type { InteractionTermSizes, RowKernel } from './contract.js';

/** Row vector times matrix, from the first core to the last: v_m = v_{m−1}·Z_m. Backward: gZ_m = v_{m−1}ᵀ·gv_m, gv_{m−1} = gv_m·Z_mᵀ. */
export const ttRows: RowKernel = {
  forward: (sizes, from, to, z, _core, out) => {
    const { outputs, order } = sizes;
    const { columns, ranks, starts, bases, length } = layout(sizes);
    const vectors = new Float64Array(length);
    vectors[0] = 1;
    for (let b = from; b < to; b++) {
      for (let c = 0; c < outputs; c++) {
        const row = b * columns + c;
        for (let m = 0; m < order; m++) {
          vectorTimesMatrix(vectors, starts[m], ranks[m], ranks[m + 1], z, row + bases[m], outputs, starts[m + 1]);
        }
        out[b * outputs + c] = vectors[starts[order]];
      }
    }
  },
  backward: (sizes, from, to, g, z, _core, gz) => {
    const { outputs, order } = sizes;
    const { columns, ranks, starts, bases, length } = layout(sizes);
    const vectors = new Float64Array(length);
    const gVectors = new Float64Array(length);
    vectors[0] = 1;
    for (let b = from; b < to; b++) {
      for (let c = 0; c < outputs; c++) {
        const row = b * columns + c;
        for (let m = 0; m < order - 1; m++) {
          vectorTimesMatrix(vectors, starts[m], ranks[m], ranks[m + 1], z, row + bases[m], outputs, starts[m + 1]);
        }
        gVectors[starts[order]] = g[b * outputs + c];
        const gRow = (b - from) * columns + c;
        for (let m = order - 1; m >= 0; m--) {
          const [left, right] = [ranks[m], ranks[m + 1]];
          matrixGradient(vectors, starts[m], left, right, gVectors, starts[m + 1], gz, gRow + bases[m], outputs);
          if (m > 0) vectorGradient(gVectors, starts[m], left, right, z, row + bases[m], outputs, starts[m + 1]);
        }
      }
    }
  },
};

/** R_0 … R_k; v_m stands at starts[m], the entries of Z_m begin at column bases[m]. */
function layout({ outputs, order, ranks: inner }: InteractionTermSizes): {
  readonly columns: number;
  readonly ranks: readonly number[];
  readonly starts: readonly number[];
  readonly bases: readonly number[];
  readonly length: number;
} {
  const ranks = [1, ...inner, 1];
  const starts = [0];
  const bases = [0];
  for (let m = 0; m < order; m++) {
    starts.push(starts[m] + ranks[m]);
    bases.push(bases[m] + ranks[m] * ranks[m + 1] * outputs);
  }
  return { columns: bases[order], ranks, starts, bases, length: starts[order] + 1 };
}

function vectorTimesMatrix(
  vectors: Float64Array,
  at: number,
  left: number,
  right: number,
  z: Float64Array,
  row: number,
  stride: number,
  to: number,
): void {
  for (let j = 0; j < right; j++) vectors[to + j] = 0;
  for (let i = 0, k = row; i < left; i++) {
    const value = vectors[at + i];
    for (let j = 0; j < right; j++, k += stride) vectors[to + j] += value * z[k];
  }
}

function matrixGradient(
  vectors: Float64Array,
  at: number,
  left: number,
  right: number,
  gVectors: Float64Array,
  to: number,
  gz: Float64Array,
  row: number,
  stride: number,
): void {
  for (let i = 0, k = row; i < left; i++) {
    const value = vectors[at + i];
    for (let j = 0; j < right; j++, k += stride) gz[k] = value * gVectors[to + j];
  }
}

function vectorGradient(
  gVectors: Float64Array,
  at: number,
  left: number,
  right: number,
  z: Float64Array,
  row: number,
  stride: number,
  to: number,
): void {
  for (let i = 0, k = row; i < left; i++) {
    let sum = 0;
    for (let j = 0; j < right; j++, k += stride) sum += gVectors[to + j] * z[k];
    gVectors[at + i] = sum;
  }
}
