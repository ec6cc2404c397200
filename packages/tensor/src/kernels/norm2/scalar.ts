import { unitScale } from '../scaling/index.js';

/** Euclidean norm by scaling with the power of two nearest to the largest magnitude, always. */
export function norm2Scalar(count: number, x: Float64Array | Float32Array, offset: number, stride: number): number {
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const magnitude = Math.abs(x[offset + i * stride]);
    if (Number.isNaN(magnitude)) return Number.NaN;
    if (magnitude > largest) largest = magnitude;
  }
  if (largest === 0 || largest === Infinity) return largest;
  const scale = unitScale(largest);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const scaled = x[offset + i * stride] * scale;
    sum += scaled * scaled;
  }
  return Math.sqrt(sum) / scale;
}
