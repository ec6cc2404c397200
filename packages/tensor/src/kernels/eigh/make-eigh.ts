import type { WasmRuntime } from '../../wasm/runtime.js';
import {
  makeRotateRows,
  rotateRowsScalar,
  rotationLog,
  rotationsLength,
  sweepsLength,
  workArrays,
  workStride,
} from '../rotations/index.js';
import { signOfLargest, unitScale } from '../scaling/index.js';
import { thresholds } from '../thresholds.js';
import { diagonalize } from './diagonalize.js';
import { formTransposed } from './form-transposed.js';
import { symmetricUpdateScalar } from './symmetric-update.js';
import { makeSymmetricUpdate } from './symmetric-update-wasm.js';
import { tridiagonalize, tridiagonalLength } from './tridiagonalize.js';

/** Eigh of contract.ts; without `vectors` it is Eigvalsh. */
export type Decompose = (
  n: number,
  a: Float64Array,
  aOffset: number,
  values: Float64Array,
  valuesOffset: number,
  vectors: Float64Array | undefined,
  vectorsOffset: number,
) => number;

/** The decomposition on a workspace in the memory of `runtime`, or where it has none on ordinary arrays, with the same bits. */
export function makeEigh(runtime: WasmRuntime): Decompose {
  const rotateRows = makeRotateRows(runtime);
  const symmetricUpdate = makeSymmetricUpdate(runtime);

  return (n, a, aOffset, values, valuesOffset, vectors, vectorsOffset) => {
    // Programs of small matrices never compile anything: it takes milliseconds, and saves 1 us in 5 at order 8.
    const small = n < thresholds.eigh.wasm;
    const stride = workStride(n);
    const rotationsOf = vectors === undefined ? 1 : n;
    const memory = workArrays(
      small ? undefined : runtime,
      [
        tridiagonalLength(n, stride),
        vectors === undefined ? 0 : n * stride,
        Math.max(2 * n, rotationsLength(rotationsOf)),
      ],
      sweepsLength(rotationsOf),
    );
    try {
      const [data, rows, rotations] = memory.float64;
      const diagonal = new Float64Array(n);
      const offDiagonal = new Float64Array(n);
      const taus = new Float64Array(n);
      const scale = copyScaled(n, a, aOffset, data, stride);
      tridiagonalize(n, data, stride, taus, diagonal, offDiagonal, small ? symmetricUpdateScalar : symmetricUpdate);
      if (vectors !== undefined && n > 0) {
        // Qᵀ, which becomes Vᵀ; its first row and column are those of the identity.
        rows[0] = 1;
        formTransposed(n - 1, n - 1, n - 1, data, 1, stride, taus, rows, stride + 1, stride);
      }
      const rotate = small ? rotateRowsScalar : rotateRows;
      const log = rotationLog([rotations], memory.sweeps, (count) => {
        if (vectors !== undefined) rotate(n, rows, 0, stride, rotations, memory.sweeps, count);
      });
      const status = diagonalize(n, diagonal, offDiagonal, log);
      const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[i] - diagonal[j]);
      for (let j = 0; j < n; j++) values[valuesOffset + j] = diagonal[order[j]] / scale;
      if (vectors !== undefined) copyVectors(n, rows, stride, order, vectors, vectorsOffset);
      return status;
    } finally {
      memory.release();
    }
  };
}

/** Copies the lower triangle, turned over the diagonal and multiplied by the power of two that brings the largest entry near 1; returns that. */
function copyScaled(n: number, a: Float64Array, aOffset: number, target: Float64Array, stride: number): number {
  let largest = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const magnitude = Math.abs(a[aOffset + i * n + j]);
      if (magnitude > largest) largest = magnitude;
    }
  }
  const scale = unitScale(largest);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) target[j * stride + i] = a[aOffset + i * n + j] * scale;
  }
  return scale;
}

/** vectors[i, j] = rows[order[j], i], the largest component positive. */
function copyVectors(
  n: number,
  rows: Float64Array,
  stride: number,
  order: readonly number[],
  vectors: Float64Array,
  offset: number,
): void {
  const starts = new Int32Array(n);
  const signs = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    starts[j] = order[j] * stride;
    signs[j] = signOfLargest(n, rows, starts[j], 1);
  }
  for (let i = 0; i < n; i++) {
    const target = offset + i * n;
    for (let j = 0; j < n; j++) vectors[target + j] = signs[j] * rows[starts[j] + i];
  }
}
