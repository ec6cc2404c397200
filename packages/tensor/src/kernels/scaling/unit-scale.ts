import { exp2 } from '../../math/exp2.js';
import { log2 } from '../../math/log2.js';

/**
 * The power of two that brings a largest magnitude near 1; 1 for 0. At most 2¹⁰⁰⁰: that brings the smallest subnormal to 1e-22, whose square is
 * normal, while 2¹⁰⁷⁴ would overflow.
 */
export function unitScale(largest: number): number {
  return largest === 0 ? 1 : exp2(-Math.max(-1000, Math.floor(log2(largest))));
}
