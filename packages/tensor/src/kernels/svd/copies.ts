import { signOfLargest } from '../scaling/index.js';

/** Vectors: element i of vector j is data[j·stride + i·step]. */
export interface Vectors {
  readonly data: Float64Array;
  readonly stride: number;
  readonly step: number;
}

export function largestMagnitude(size: number, a: Float64Array, offset: number): number {
  let largest = 0;
  for (let i = 0; i < size; i++) {
    const magnitude = Math.abs(a[offset + i]);
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}

/** The m x n block times `scale`, or its transpose, into rows `stride` apart. */
export function copyScaled(
  m: number,
  n: number,
  a: Float64Array,
  offset: number,
  scale: number,
  transpose: boolean,
  target: Float64Array,
  stride: number,
): void {
  for (let i = 0; i < m; i++) {
    const row = offset + i * n;
    if (transpose) for (let j = 0; j < n; j++) target[j * stride + i] = a[row + j] * scale;
    else for (let j = 0; j < n; j++) target[i * stride + j] = a[row + j] * scale;
  }
}

/** The upper triangle of the first n rows, of n elements, into rows `stride` apart. */
export function copyTriangle(n: number, a: Float64Array, target: Float64Array, stride: number): void {
  for (let i = 0; i < n; i++) for (let j = i; j < n; j++) target[i * stride + j] = a[i * n + j];
}

/** The signs that make the largest component of each of `count` vectors positive, in `order`; vectors past its end stay where they are. */
export function signsOf(size: number, vectors: Vectors, order: readonly number[], count: number): Float64Array {
  const { data, stride, step } = vectors;
  const signs = new Float64Array(count);
  for (let j = 0; j < count; j++) {
    signs[j] = signOfLargest(size, data, (j < order.length ? order[j] : j) * stride, step);
  }
  return signs;
}

/** target[offset + i·rowStride + j·colStride] = element i of vector order[j], times signs[j]; past the ends of both j itself, and 1. */
export function copyVectors(
  size: number,
  vectors: Vectors,
  order: readonly number[],
  signs: Float64Array,
  count: number,
  target: Float64Array,
  offset: number,
  colStride: number,
  rowStride: number,
): void {
  const { data, stride, step } = vectors;
  const starts = new Int32Array(count);
  const factors = new Float64Array(count);
  for (let j = 0; j < count; j++) {
    starts[j] = (j < order.length ? order[j] : j) * stride;
    factors[j] = j < signs.length ? signs[j] : 1;
  }
  if (rowStride === 1) {
    for (let j = 0; j < count; j++) {
      const factor = factors[j];
      const source = starts[j];
      const row = offset + j * colStride;
      for (let i = 0; i < size; i++) target[row + i] = factor * data[source + i * step];
    }
    return;
  }
  for (let i = 0; i < size; i++) {
    const row = offset + i * rowStride;
    const source = i * step;
    for (let j = 0; j < count; j++) target[row + j * colStride] = factors[j] * data[starts[j] + source];
  }
}
