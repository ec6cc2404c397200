import { exp2 } from '../../math/exp2.js';
import { log2 } from '../../math/log2.js';

/** Euclidean norm by scaling with the power of two nearest to the largest magnitude, always. */
export function norm2Scalar(count: number, x: Float64Array | Float32Array, offset: number, stride: number): number {
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const magnitude = Math.abs(x[offset + i * stride]);
    if (Number.isNaN(magnitude)) return Number.NaN;
    if (magnitude > largest) largest = magnitude;
  }
  if (largest === 0 || largest === Infinity) return largest;
  // 2^1000 brings the smallest subnormal to 1e-22, whose square is normal; 2^1074 would overflow.
  const scale = exp2(-Math.max(-1000, Math.floor(log2(largest))));
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const scaled = x[offset + i * stride] * scale;
    sum += scaled * scaled;
  }
  return Math.sqrt(sum) / scale;
}
