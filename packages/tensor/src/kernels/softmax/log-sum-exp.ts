import { copyStrided } from '../copy/index.js';
import { addKernel, logKernel } from '../elementwise/index.js';
import type { FloatArray } from '../gemm/contract.js';
import { maxFold, reduce, sumFold } from '../reduce/index.js';
import { sumBlockSize, sumSplit } from '../reduce/sum.js';
import { BLOCK, type Blocks, blocks } from './blocks.js';
import type { LogSumExp } from './contract.js';
import { keepFinite, powersOf } from './powers.js';

/** Columns that are turned into rows together where those are long: a cache line of float64. */
const COLUMNS = 8;
const ONE: readonly number[] = [1];

/** {@link LogSumExp} on blocks of its own, for tests. */
export function makeLogSumExp(find: Blocks): LogSumExp {
  return (out, x, offset, shape, strides, n, stride) => {
    if (n === 0) {
      out.fill(
        Number.NEGATIVE_INFINITY,
        0,
        shape.reduce((count, size) => count * size, 1),
      );
      return;
    }
    // The longest run of trailing axes that is walked in one step.
    let width = 1;
    let step = 0;
    let axis = shape.length - 1;
    for (; axis >= 0; axis--) {
      if (shape[axis] === 1) continue;
      if (width === 1) step = strides[axis];
      else if (strides[axis] !== step * width) break;
      width *= shape[axis];
    }
    const work = makeWork(find, x, width, n, step, stride);
    let runs = 1;
    for (let i = 0; i <= axis; i++) runs *= shape[i];
    const index = new Int32Array(axis + 1);
    for (let q = 0; q < runs; q++) {
      for (let c = 0; c < width; c += work.most) {
        some(work, out, q * width + c, offset + c * step, Math.min(work.most, width - c));
      }
      for (let i = axis; i >= 0; i--) {
        offset += strides[i];
        if (++index[i] < shape[i]) break;
        offset -= strides[i] * shape[i];
        index[i] = 0;
      }
    }
  };
}

/** Implements {@link LogSumExp} by the kernels of its steps, which run on vectors where they can, on as many rows as make a block. */
export const logSumExp: LogSumExp = /* @__PURE__ */ makeLogSumExp(blocks);

interface Work {
  readonly x: FloatArray;
  readonly n: number;
  readonly step: number;
  readonly stride: number;
  /** Rows at a time, and elements of each that fit into the block beside each other. */
  readonly most: number;
  readonly limit: number;
  readonly block: FloatArray;
  readonly tops: FloatArray;
  /** Sums of so many rows for every halving, as float64. */
  readonly sums: Float64Array;
  readonly rounded: FloatArray;
}

function makeWork(find: Blocks, x: FloatArray, width: number, n: number, step: number, stride: number): Work {
  const most = Math.min(width, Math.max(stride === 1 ? 1 : COLUMNS, Math.floor(BLOCK / n)));
  const limit = Math.min(n, Math.floor(BLOCK / most));
  const single = x instanceof Float32Array;
  const small = (): FloatArray => (single ? new Float32Array(most) : new Float64Array(most));
  const levels = 2 + Math.ceil(Math.log2(Math.max(n / sumBlockSize, 1)));
  const sums = new Float64Array(limit === n ? most : levels * most);
  const block = find(0, single, most * limit);
  return { x, n, step, stride, most, limit, block, tops: small(), sums, rounded: small() };
}

/** The results of `count` rows that begin at `from`, `step` apart, at `out[to …]`. */
function some(work: Work, out: FloatArray, to: number, from: number, count: number): void {
  const { x, n, step, stride, limit, block, tops, sums, rounded } = work;
  if (limit === n) {
    gather(work, from, count, n);
    reduce(maxFold, tops, block, 0, [count], [n], n, 1);
  } else {
    reduce(maxFold, tops, x, from, [count], [step], n, stride);
  }
  keepFinite(tops, count);
  addUp(work, 0, from, count, n);
  for (let q = 0; q < count; q++) rounded[q] = sums[q];
  logKernel(rounded, rounded, 0, ONE, [count]);
  addKernel(rounded, rounded, 0, ONE, tops, 0, ONE, [count]);
  for (let q = 0; q < count; q++) out[to + q] = rounded[q];
}

/** Σ exp(x − top) over `length` elements of each row, at `sums[to …]`, halved as in pairwiseSum until they fit into the block. */
function addUp(work: Work, to: number, from: number, count: number, length: number): void {
  const { n, stride, most, limit, block, tops, sums } = work;
  if (length > limit) {
    const half = sumSplit(length);
    addUp(work, to, from, count, half);
    addUp(work, to + most, from + half * stride, count, length - half);
    for (let q = 0; q < count; q++) sums[to + q] += sums[to + most + q];
    return;
  }
  if (limit < n) gather(work, from, count, length);
  powersOf(block, block, tops, count, length);
  reduce(sumFold, to === 0 ? sums : sums.subarray(to), block, 0, [count], [length], length, 1);
}

/** `length` elements of each of `count` rows from `from` on, row after row at the beginning of the block. */
function gather({ x, step, stride, block }: Work, from: number, count: number, length: number): void {
  if (stride === 1 && (count === 1 || step === length)) block.set(x.subarray(from, from + count * length));
  else copyStrided(block, 0, x, from, [step, stride], [count, length]);
}
