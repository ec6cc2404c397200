import type { WasmRuntime } from '../../wasm/runtime.js';
import { formTransposed } from '../eigh/index.js';
import { qr, qrApply } from '../qr/index.js';
import {
  makeRotateRows,
  rotateRowsScalar,
  rotationLog,
  rotationsLength,
  sweepsLength,
  workArrays,
  workStride,
} from '../rotations/index.js';
import { unitScale } from '../scaling/index.js';
import { thresholds } from '../thresholds.js';
import { bidiagonalQr } from './bidiagonal-qr.js';
import { blockProductScalar, blockUpdateScalar } from './bidiagonal-update.js';
import { makeBlockProduct, makeBlockUpdate } from './bidiagonal-update-wasm.js';
import { bidiagonalize, bidiagonalLayout } from './bidiagonalize.js';
import type { Svd } from './contract.js';
import { copyScaled, copyTriangle, copyVectors, largestMagnitude, signsOf, type Vectors } from './copies.js';

/** From this ratio of the sides on a QR factorization first saves work. */
const TALL = 1.6;

/** Singular values in the order of the vectors, of any sign; vectors only where they were wanted. */
interface Decomposition {
  readonly status: number;
  readonly diagonal: Float64Array;
  readonly left: Vectors | undefined;
  readonly right: Vectors | undefined;
  readonly release: () => void;
}

/** The decompositions on a workspace in the memory of `runtime`, or where it has none on ordinary arrays, with the same bits. */
export function makeSvd(runtime: WasmRuntime): Svd {
  const rotateRows = makeRotateRows(runtime);
  const blockUpdate = makeBlockUpdate(runtime);
  const blockProduct = makeBlockProduct(runtime);

  /** The rows x cols matrix, or its transpose where that is not wide, times `scale`; the first `leftCount` left vectors and all right ones. */
  function decompose(
    rows: number,
    cols: number,
    a: Float64Array,
    aOffset: number,
    scale: number,
    leftCount: number | undefined,
  ): Decomposition {
    const wide = rows < cols;
    const m = Math.max(rows, cols);
    const n = Math.min(rows, cols);
    const wanted = leftCount !== undefined;
    const reduce = m >= TALL * n && m > n;
    const coreRows = reduce ? n : m;
    const coreCount = reduce ? n : (leftCount ?? 0);
    // As in eigh.
    const small = n < thresholds.svd.wasm;
    const layout = bidiagonalLayout(coreRows, n);
    const leftStride = workStride(coreRows);
    const turned = wanted ? rotationsLength(n) : 2 * n;
    const memory = workArrays(
      small ? undefined : runtime,
      [layout.length, wanted ? coreCount * leftStride : 0, wanted ? n * layout.stride : 0, turned, turned],
      sweepsLength(wanted ? n : 1),
    );
    const [data, left, right, leftRotations, rightRotations] = memory.float64;
    const { sweeps, release } = memory;
    try {
      const taus = new Float64Array(n);
      const factor = new Float64Array(reduce ? m * n : 0);
      if (reduce) {
        copyScaled(rows, cols, a, aOffset, scale, wide, factor, n);
        qr(m, n, factor, 0, taus, 0);
        copyTriangle(n, factor, data, layout.stride);
      } else {
        copyScaled(rows, cols, a, aOffset, scale, wide, data, layout.stride);
      }
      const diagonal = new Float64Array(n);
      const offDiagonal = new Float64Array(n);
      const leftTaus = new Float64Array(n);
      const rightTaus = new Float64Array(n);
      const update = small ? blockUpdateScalar : blockUpdate;
      const multiply = small ? blockProductScalar : blockProduct;
      bidiagonalize(coreRows, n, data, layout, leftTaus, rightTaus, diagonal, offDiagonal, update, multiply);
      const { stride } = layout;
      if (wanted && n > 0) {
        // Qᵀ and Pᵀ become Uᵀ and Vᵀ; the first row and column of Pᵀ are those of the identity.
        formTransposed(n, coreCount, coreRows, data, layout.left, leftStride, leftTaus, left, 0, leftStride);
        right[0] = 1;
        formTransposed(n - 1, n - 1, n - 1, data, 1, stride, rightTaus, right, stride + 1, stride);
      }
      const rotate = small ? rotateRowsScalar : rotateRows;
      const log = rotationLog([leftRotations, rightRotations], sweeps, (count) => {
        if (!wanted) return;
        rotate(coreRows, left, 0, leftStride, leftRotations, sweeps, count);
        rotate(n, right, 0, stride, rightRotations, sweeps, count);
      });
      const status = bidiagonalQr(n, diagonal, offDiagonal, log);
      if (!wanted) return { status, diagonal, left: undefined, right: undefined, release };
      const rightVectors = { data: right, stride, step: 1 };
      if (!reduce) {
        return { status, diagonal, left: { data: left, stride: leftStride, step: 1 }, right: rightVectors, release };
      }
      const whole = new Float64Array(m * leftCount);
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) whole[i * leftCount + j] = left[j * leftStride + i];
      for (let i = n; i < leftCount; i++) whole[i * leftCount + i] = 1;
      qrApply(m, n, leftCount, factor, 0, taus, 0, false, whole, 0);
      return { status, diagonal, left: { data: whole, stride: 1, step: leftCount }, right: rightVectors, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  return {
    svd: (m, n, a, aOffset, s, sOffset, u, uOffset, uCols, vt, vtOffset, vtRows) => {
      const wide = m < n;
      const scale = unitScale(largestMagnitude(m * n, a, aOffset));
      const found = decompose(m, n, a, aOffset, scale, wide ? vtRows : uCols);
      try {
        const { diagonal, left, right } = found;
        const order = descending(diagonal);
        order.forEach((source, j) => {
          s[sOffset + j] = Math.abs(diagonal[source]) / scale;
        });
        // Of a wide matrix the transpose was decomposed: its left vectors are the right ones.
        const [us, vs] = wide ? [right, left] : [left, right];
        if (us !== undefined && vs !== undefined) {
          const signs = signsOf(m, us, order, uCols);
          copyVectors(m, us, order, signs, uCols, u, uOffset, 1, uCols);
          // A vector of V turns with its partner in U; those past the last value have none.
          const partners = signs.subarray(0, order.length).map((sign, j) => (diagonal[order[j]] < 0 ? -sign : sign));
          copyVectors(n, vs, order, partners, vtRows, vt, vtOffset, n, 1);
        }
        return found.status;
      } finally {
        found.release();
      }
    },
    svdvals: (m, n, a, aOffset, s, sOffset) => {
      const scale = unitScale(largestMagnitude(m * n, a, aOffset));
      const { status, diagonal, release } = decompose(m, n, a, aOffset, scale, undefined);
      release();
      descending(diagonal).forEach((source, j) => {
        s[sOffset + j] = Math.abs(diagonal[source]) / scale;
      });
      return status;
    },
  };
}

function descending(diagonal: Float64Array): number[] {
  return Array.from(diagonal.keys()).sort((i, j) => Math.abs(diagonal[j]) - Math.abs(diagonal[i]));
}
