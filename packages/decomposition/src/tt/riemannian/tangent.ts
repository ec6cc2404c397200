import { gemm } from '@neuronseek/tensor/kernels';
import { trailingProduct } from '../partial-products.js';
import type { TtNumbers } from '../tt-numbers.js';
import type { TangentFrames } from './frames.js';

/**
 * A tangent vector: the sum over k of the train with left cores before k, delta k there and right cores behind; all deltas but the last are
 * orthogonal to the left core in their place.
 */
export type Deltas = readonly Float64Array[];

/** (I - U·Uᵀ)·Z for all cores but the last: the part that is not in the directions of later deltas. In place. */
export function gauged({ shape, ranks, left }: TangentFrames, raw: Float64Array[]): Deltas {
  for (let k = 0; k < shape.length - 1; k++) {
    const [rows, columns] = [ranks[k] * shape[k], ranks[k + 1]];
    // Twice, so that what is left is orthogonal to rounding also where most was taken away.
    for (let pass = 0; pass < 2; pass++) {
      const inner = new Float64Array(columns * columns);
      gemm(columns, columns, rows, left[k], 0, 1, columns, raw[k], 0, columns, 1, inner, 0, columns, false);
      for (let q = 0; q < inner.length; q++) inner[q] = -inner[q];
      gemm(rows, columns, columns, left[k], 0, columns, 1, inner, 0, columns, 1, raw[k], 0, columns, true);
    }
  }
  return raw;
}

/** Deltas of the projection of another train. */
export function projectTrain(frames: TangentFrames, z: TtNumbers): Deltas {
  const { shape, ranks, left, right } = frames;
  const order = shape.length;
  const behind = new Array<Float64Array>(order + 1);
  behind[order] = Float64Array.of(1);
  for (let k = order - 1; k > 0; k--) {
    // behind[k] [z_k, r_k] = Z_k·behind[k + 1]·V_kᵀ
    const half = times(z.cores[k], z.ranks[k] * shape[k], z.ranks[k + 1], behind[k + 1], ranks[k + 1]);
    behind[k] = new Float64Array(z.ranks[k] * ranks[k]);
    const columns = shape[k] * ranks[k + 1];
    gemm(z.ranks[k], ranks[k], columns, half, 0, columns, 1, right[k], 0, 1, columns, behind[k], 0, ranks[k], false);
  }
  let before: Float64Array = Float64Array.of(1);
  const raw = shape.map((n, k) => {
    // before [r_k, z_k]
    const columns = n * z.ranks[k + 1];
    const half = times(before, ranks[k], z.ranks[k], z.cores[k], columns);
    const next = new Float64Array(ranks[k + 1] * z.ranks[k + 1]);
    const rows = ranks[k] * n;
    gemm(
      ranks[k + 1],
      z.ranks[k + 1],
      rows,
      left[k],
      0,
      1,
      ranks[k + 1],
      half,
      0,
      z.ranks[k + 1],
      1,
      next,
      0,
      z.ranks[k + 1],
      false,
    );
    before = next;
    return times(half, rows, z.ranks[k + 1], behind[k + 1], ranks[k + 1]);
  });
  return gauged(frames, raw);
}

/** Deltas of the projection of a dense tensor. */
export function projectDense(frames: TangentFrames, z: Float64Array): Deltas {
  const { shape, ranks, left, right } = frames;
  let rest = z;
  const raw = shape.map((n, k) => {
    const rows = ranks[k] * n;
    const columns = rest.length / rows;
    const trailing = trailingProduct({ shape, ranks, cores: right }, k + 1);
    const delta = new Float64Array(rows * ranks[k + 1]);
    gemm(rows, ranks[k + 1], columns, rest, 0, columns, 1, trailing, 0, 1, columns, delta, 0, ranks[k + 1], false);
    const next = new Float64Array(ranks[k + 1] * columns);
    gemm(ranks[k + 1], columns, rows, left[k], 0, 1, ranks[k + 1], rest, 0, columns, 1, next, 0, columns, false);
    rest = next;
    return delta;
  });
  return gauged(frames, raw);
}

/** The tangent vector, or train + tangent vector with `own`, as a train of ranks 2·r. */
export function tangentTrain({ shape, ranks, left, right }: TangentFrames, deltas: Deltas, own = 0): TtNumbers {
  const order = shape.length;
  const double = ranks.map((rank, k) => (k === 0 || k === order ? 1 : 2 * rank));
  const cores = shape.map((n, k) => {
    const [r, s] = [ranks[k], ranks[k + 1]];
    const columns = double[k + 1];
    const out = new Float64Array(double[k] * n * columns);
    const put = (block: Float64Array, row: number, column: number): void => {
      for (let p = 0; p < r * n; p++) {
        for (let b = 0; b < s; b++) out[(row * n + p) * columns + column + b] = block[p * s + b];
      }
    };
    // Rows: before the delta, behind it. Columns alike.
    if (order === 1) return deltas[0].map((v, q) => v + own * left[0][q]);
    if (k === order - 1) {
      put(
        deltas[k].map((v, q) => v + own * left[k][q]),
        0,
        0,
      );
      put(right[k], r, 0);
      return out;
    }
    put(left[k], 0, 0);
    put(deltas[k], 0, s);
    if (k > 0) put(right[k], r, s);
    return out;
  });
  return { shape, ranks: double, cores };
}

function times(a: Float64Array, m: number, k: number, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(m * n);
  gemm(m, n, k, a, 0, k, 1, b, 0, n, 1, out, 0, n, false);
  return out;
}
