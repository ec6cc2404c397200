import { exp2 } from '../../math/exp2.js';
import { log2 } from '../../math/log2.js';

/** Turns x into the reflector that annihilates x[1:]; returns tau, see contract.ts. */
export function reflector(count: number, x: Float64Array, offset: number, stride: number): number {
  let largest = 0;
  for (let i = 1; i < count; i++) {
    const magnitude = Math.abs(x[offset + i * stride]);
    if (magnitude > largest) largest = magnitude;
  }
  if (largest === 0) return 0;
  largest = Math.max(largest, Math.abs(x[offset]));
  // v and tau do not depend on the scale of x, so compute both from entries near 1 and scale only beta back.
  const exponent = Math.floor(log2(largest));
  const scale = Math.abs(exponent) > 400 ? exp2(-Math.max(-1000, exponent)) : 1;
  const first = x[offset] * scale;
  let sum = first * first;
  for (let i = 1; i < count; i++) {
    const scaled = x[offset + i * stride] * scale;
    sum += scaled * scaled;
  }
  const beta = first > 0 ? -Math.sqrt(sum) : Math.sqrt(sum);
  const pivot = first - beta;
  for (let i = 1; i < count; i++) x[offset + i * stride] = (x[offset + i * stride] * scale) / pivot;
  x[offset] = beta / scale;
  return -pivot / beta;
}
