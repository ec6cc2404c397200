import { onCopy } from '../../wasm/on-copy.js';
import type { WasmRuntime } from '../../wasm/runtime.js';
import { gemm } from '../gemm/index.js';
import type { TriangularSolve } from './contract.js';
import { substitute } from './substitute.js';

/** Unknowns that are found before their terms are subtracted from all that remain: part of the contract. */
export const BLOCK = 64;

/** By blocks of unknowns; all but BLOCK·size·cols flops are products. See contract.ts. */
export function makeBlocked(runtime: WasmRuntime): TriangularSolve {
  return (size, cols, t, tOffset, lower, transpose, unit, b, bOffset) => {
    if (!unit) for (let i = 0; i < size; i++) if (t[tOffset + i * size + i] === 0) return i;
    const forward = lower !== transpose;
    const sign = forward ? 1 : -1;
    onCopy(runtime, true, b, bOffset, size * cols, BLOCK * (size + BLOCK), (x, xOffset, scratch) => {
      const diagonal = scratch.subarray(0, BLOCK * BLOCK);
      const negative = scratch.subarray(BLOCK * BLOCK);
      for (let done = 0; done < size; done += BLOCK) {
        const width = Math.min(BLOCK, size - done);
        const rest = size - done - width;
        const start = forward ? done : rest;
        const first = forward ? start : start + width - 1;
        copyBlock(1, width, width, t, tOffset + start * size + start, size, diagonal);
        const corner = forward ? 0 : width * width - 1;
        const [row, col] = transpose ? [1, width] : [width, 1];
        const target = xOffset + first * cols;
        substitute(width, cols, diagonal, corner, sign * row, sign * col, unit, x, target, sign * cols);
        if (rest === 0) break;
        // The part of op(T) that multiplies the unknowns just found: rows that remain, columns of the block; its transpose where `transpose`.
        const other = forward ? start + width : 0;
        const [rows, wide] = transpose ? [width, rest] : [rest, width];
        const from = transpose ? start * size + other : other * size + start;
        copyBlock(-1, rows, wide, t, tOffset + from, size, negative);
        const [aRow, aCol] = transpose ? [1, rest] : [width, 1];
        const [found, remaining] = [xOffset + start * cols, xOffset + other * cols];
        gemm(rest, cols, width, negative, 0, aRow, aCol, x, found, cols, 1, x, remaining, cols, true);
      }
    });
    return -1;
  };
}

/** to = factor·from, without gaps. */
function copyBlock(
  factor: number,
  rows: number,
  cols: number,
  from: Float64Array,
  offset: number,
  stride: number,
  to: Float64Array,
): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) to[i * cols + j] = factor * from[offset + i * stride + j];
  }
}
