import type { Buffer } from '../copy/contract.js';
import type { RowFold } from './contract.js';
import { sumBlockSize, sumSplit } from './sum.js';

/** As many columns at a time as keep the running sums in the first-level cache. */
const tile = 256;
/** Extrema need one number a column: more at a time, so that rows are read in long runs, yet a small workspace however wide they are. */
const wideTile = 2048;

/** Running values, grown as needed: a fresh array a call would cost as much as a small sum. */
let scratch: Float64Array | undefined;

function workspace(size: number): Float64Array {
  if (scratch === undefined || scratch.length < size) scratch = new Float64Array(size);
  return scratch;
}

/** Column sums, in the order of pairwiseSum. */
export const sumRows: RowFold = (out, outOffset, x, offset, stride, n, step, width) => {
  const levels = 6 + Math.ceil(Math.log2(Math.max(n / sumBlockSize, 1)));
  for (let c = 0; c < width; c += tile) {
    const w = Math.min(tile, width - c);
    const sums = workspace(levels * w);
    sumLevel(sums, 4 * w, x, offset + c * step, stride, n, step, w);
    for (let k = 0; k < w; k++) out[outOffset + c + k] = sums[4 * w + k];
  }
};

/** The sums of n rows at `sums[to …]`; what follows is free for deeper levels, the first 4w for the running sums of a block. */
function sumLevel(
  sums: Float64Array,
  to: number,
  x: Buffer,
  offset: number,
  stride: number,
  n: number,
  step: number,
  w: number,
): void {
  if (n <= sumBlockSize) {
    sumRowBlock(sums, to, x, offset, stride, n, step, w);
  } else {
    const half = sumSplit(n);
    sumLevel(sums, to, x, offset, stride, half, step, w);
    sumLevel(sums, to + w, x, offset + half * stride, stride, n - half, step, w);
    for (let k = 0; k < w; k++) sums[to + k] += sums[to + w + k];
  }
  // As in pairwiseSum.
  if (x instanceof Int32Array) for (let k = 0; k < w; k++) sums[to + k] |= 0;
}

function sumRowBlock(
  sums: Float64Array,
  to: number,
  x: Buffer,
  offset: number,
  stride: number,
  n: number,
  step: number,
  w: number,
): void {
  sums.fill(0, 0, 4 * w);
  let i = 0;
  let r0 = offset;
  // Two rounds of four rows at once, so that each running sum is loaded and stored half as often.
  for (; i + 8 <= n; i += 8, r0 += 8 * stride) {
    for (let k = 0, at = r0; k < w; k++, at += step) {
      sums[k] = sums[k] + x[at] + x[at + 4 * stride];
      sums[w + k] = sums[w + k] + x[at + stride] + x[at + 5 * stride];
      sums[2 * w + k] = sums[2 * w + k] + x[at + 2 * stride] + x[at + 6 * stride];
      sums[3 * w + k] = sums[3 * w + k] + x[at + 3 * stride] + x[at + 7 * stride];
    }
  }
  if (i + 4 <= n) {
    for (let k = 0, at = r0; k < w; k++, at += step) {
      sums[k] += x[at];
      sums[w + k] += x[at + stride];
      sums[2 * w + k] += x[at + 2 * stride];
      sums[3 * w + k] += x[at + 3 * stride];
    }
    i += 4;
    r0 += 4 * stride;
  }
  for (let k = 0; k < w; k++) sums[to + k] = sums[k] + sums[w + k] + (sums[2 * w + k] + sums[3 * w + k]);
  for (; i < n; i++, r0 += stride) for (let k = 0, at = r0; k < w; k++, at += step) sums[to + k] += x[at];
}

/** Column maxima, NaN where there is one. */
export const maxRows: RowFold = (out, outOffset, x, offset, stride, n, step, width) => {
  for (let c = 0; c < width; c += wideTile) {
    maxTile(out, outOffset + c, x, offset + c * step, stride, n, step, Math.min(wideTile, width - c));
  }
};

const maxTile: RowFold = (out, outOffset, x, offset, stride, n, step, width) => {
  const best = workspace(width);
  for (let k = 0, at = offset; k < width; k++, at += step) best[k] = x[at];
  let i = 1;
  for (; i + 4 <= n; i += 4) {
    for (let k = 0, at = offset + i * stride; k < width; k++, at += step) {
      let b = best[k];
      const v0 = x[at];
      const v1 = x[at + stride];
      const v2 = x[at + 2 * stride];
      const v3 = x[at + 3 * stride];
      // One comparison an element where nothing changes: a NaN fails it, and b once it is NaN.
      if (!(v0 <= b) && !Number.isNaN(b)) b = v0;
      if (!(v1 <= b) && !Number.isNaN(b)) b = v1;
      if (!(v2 <= b) && !Number.isNaN(b)) b = v2;
      if (!(v3 <= b) && !Number.isNaN(b)) b = v3;
      best[k] = b;
    }
  }
  for (; i < n; i++) {
    for (let k = 0, at = offset + i * stride; k < width; k++, at += step) {
      if (!(x[at] <= best[k]) && !Number.isNaN(best[k])) best[k] = x[at];
    }
  }
  for (let k = 0; k < width; k++) out[outOffset + k] = best[k];
};

/** Column minima, NaN where there is one. */
export const minRows: RowFold = (out, outOffset, x, offset, stride, n, step, width) => {
  for (let c = 0; c < width; c += wideTile) {
    minTile(out, outOffset + c, x, offset + c * step, stride, n, step, Math.min(wideTile, width - c));
  }
};

const minTile: RowFold = (out, outOffset, x, offset, stride, n, step, width) => {
  const best = workspace(width);
  for (let k = 0, at = offset; k < width; k++, at += step) best[k] = x[at];
  let i = 1;
  for (; i + 4 <= n; i += 4) {
    for (let k = 0, at = offset + i * stride; k < width; k++, at += step) {
      let b = best[k];
      const v0 = x[at];
      const v1 = x[at + stride];
      const v2 = x[at + 2 * stride];
      const v3 = x[at + 3 * stride];
      // One comparison an element where nothing changes: a NaN fails it, and b once it is NaN.
      if (!(v0 >= b) && !Number.isNaN(b)) b = v0;
      if (!(v1 >= b) && !Number.isNaN(b)) b = v1;
      if (!(v2 >= b) && !Number.isNaN(b)) b = v2;
      if (!(v3 >= b) && !Number.isNaN(b)) b = v3;
      best[k] = b;
    }
  }
  for (; i < n; i++) {
    for (let k = 0, at = offset + i * stride; k < width; k++, at += step) {
      if (!(x[at] >= best[k]) && !Number.isNaN(best[k])) best[k] = x[at];
    }
  }
  for (let k = 0; k < width; k++) out[outOffset + k] = best[k];
};
