import type { RowKernel } from './each-row.js';

// Gap-free float64 rows, four elements at a time: V8 neither unrolls nor vectorizes, and one loop for all strides and element types costs two to
// three times as much. Each function sees float64 alone, so its accesses stay of one kind whatever else the program computes.

type Pair = (out: Float64Array, o: number, a: Float64Array, ao: number, b: Float64Array, bo: number, n: number) => void;
type WithNumber = (out: Float64Array, o: number, a: Float64Array, ao: number, y: number, n: number) => void;

/** A row kernel that hands gap-free float64 operands to `pair`, or to `withNumber` where the second one stands still, and the rest to `any`. */
export function fastRow(any: RowKernel, pair: Pair, withNumber?: WithNumber): RowKernel {
  return (out, o, a, ao, as, b, bo, bs, n) => {
    if (as === 1 && out instanceof Float64Array && a instanceof Float64Array && b instanceof Float64Array) {
      if (bs === 1) {
        pair(out, o, a, ao, b, bo, n);
        return;
      }
      if (bs === 0 && withNumber !== undefined) {
        withNumber(out, o, a, ao, b[bo], n);
        return;
      }
    }
    any(out, o, a, ao, as, b, bo, bs, n);
  };
}

export function addPair(
  out: Float64Array,
  o: number,
  a: Float64Array,
  ao: number,
  b: Float64Array,
  bo: number,
  n: number,
): void {
  let i = 0;
  for (; i < n - 3; i += 4) {
    const x0 = a[ao + i];
    const x1 = a[ao + i + 1];
    const x2 = a[ao + i + 2];
    const x3 = a[ao + i + 3];
    const y0 = b[bo + i];
    const y1 = b[bo + i + 1];
    const y2 = b[bo + i + 2];
    const y3 = b[bo + i + 3];
    out[o + i] = x0 + y0;
    out[o + i + 1] = x1 + y1;
    out[o + i + 2] = x2 + y2;
    out[o + i + 3] = x3 + y3;
  }
  for (; i < n; i++) out[o + i] = a[ao + i] + b[bo + i];
}

export function addNumber(out: Float64Array, o: number, a: Float64Array, ao: number, y: number, n: number): void {
  let i = 0;
  for (; i < n - 3; i += 4) {
    const x0 = a[ao + i];
    const x1 = a[ao + i + 1];
    const x2 = a[ao + i + 2];
    const x3 = a[ao + i + 3];
    out[o + i] = x0 + y;
    out[o + i + 1] = x1 + y;
    out[o + i + 2] = x2 + y;
    out[o + i + 3] = x3 + y;
  }
  for (; i < n; i++) out[o + i] = a[ao + i] + y;
}

export function subPair(
  out: Float64Array,
  o: number,
  a: Float64Array,
  ao: number,
  b: Float64Array,
  bo: number,
  n: number,
): void {
  let i = 0;
  for (; i < n - 3; i += 4) {
    const x0 = a[ao + i];
    const x1 = a[ao + i + 1];
    const x2 = a[ao + i + 2];
    const x3 = a[ao + i + 3];
    const y0 = b[bo + i];
    const y1 = b[bo + i + 1];
    const y2 = b[bo + i + 2];
    const y3 = b[bo + i + 3];
    out[o + i] = x0 - y0;
    out[o + i + 1] = x1 - y1;
    out[o + i + 2] = x2 - y2;
    out[o + i + 3] = x3 - y3;
  }
  for (; i < n; i++) out[o + i] = a[ao + i] - b[bo + i];
}

export function subNumber(out: Float64Array, o: number, a: Float64Array, ao: number, y: number, n: number): void {
  let i = 0;
  for (; i < n - 3; i += 4) {
    const x0 = a[ao + i];
    const x1 = a[ao + i + 1];
    const x2 = a[ao + i + 2];
    const x3 = a[ao + i + 3];
    out[o + i] = x0 - y;
    out[o + i + 1] = x1 - y;
    out[o + i + 2] = x2 - y;
    out[o + i + 3] = x3 - y;
  }
  for (; i < n; i++) out[o + i] = a[ao + i] - y;
}

export function mulPair(
  out: Float64Array,
  o: number,
  a: Float64Array,
  ao: number,
  b: Float64Array,
  bo: number,
  n: number,
): void {
  let i = 0;
  for (; i < n - 3; i += 4) {
    const x0 = a[ao + i];
    const x1 = a[ao + i + 1];
    const x2 = a[ao + i + 2];
    const x3 = a[ao + i + 3];
    const y0 = b[bo + i];
    const y1 = b[bo + i + 1];
    const y2 = b[bo + i + 2];
    const y3 = b[bo + i + 3];
    out[o + i] = x0 * y0;
    out[o + i + 1] = x1 * y1;
    out[o + i + 2] = x2 * y2;
    out[o + i + 3] = x3 * y3;
  }
  for (; i < n; i++) out[o + i] = a[ao + i] * b[bo + i];
}

export function mulNumber(out: Float64Array, o: number, a: Float64Array, ao: number, y: number, n: number): void {
  let i = 0;
  for (; i < n - 3; i += 4) {
    const x0 = a[ao + i];
    const x1 = a[ao + i + 1];
    const x2 = a[ao + i + 2];
    const x3 = a[ao + i + 3];
    out[o + i] = x0 * y;
    out[o + i + 1] = x1 * y;
    out[o + i + 2] = x2 * y;
    out[o + i + 3] = x3 * y;
  }
  for (; i < n; i++) out[o + i] = a[ao + i] * y;
}

export function divPair(
  out: Float64Array,
  o: number,
  a: Float64Array,
  ao: number,
  b: Float64Array,
  bo: number,
  n: number,
): void {
  let i = 0;
  for (; i < n - 3; i += 4) {
    const x0 = a[ao + i];
    const x1 = a[ao + i + 1];
    const x2 = a[ao + i + 2];
    const x3 = a[ao + i + 3];
    const y0 = b[bo + i];
    const y1 = b[bo + i + 1];
    const y2 = b[bo + i + 2];
    const y3 = b[bo + i + 3];
    out[o + i] = x0 / y0;
    out[o + i + 1] = x1 / y1;
    out[o + i + 2] = x2 / y2;
    out[o + i + 3] = x3 / y3;
  }
  for (; i < n; i++) out[o + i] = a[ao + i] / b[bo + i];
}

export function divNumber(out: Float64Array, o: number, a: Float64Array, ao: number, y: number, n: number): void {
  let i = 0;
  for (; i < n - 3; i += 4) {
    const x0 = a[ao + i];
    const x1 = a[ao + i + 1];
    const x2 = a[ao + i + 2];
    const x3 = a[ao + i + 3];
    out[o + i] = x0 / y;
    out[o + i + 1] = x1 / y;
    out[o + i + 2] = x2 / y;
    out[o + i + 3] = x3 / y;
  }
  for (; i < n; i++) out[o + i] = a[ao + i] / y;
}
