import { productTail, quotient } from './double-double.js';
import { angle, reduceAngle } from './reduce-angle.js';
import { cosTail, sinRest } from './sin.js';

/** Tangent of x in radians, of any size; NaN for ±Infinity. Error below 1 unit in the last place. Sine by cosine, both as sums of two doubles. */
export function tan(x: number): number {
  if (Math.abs(x) < 1e-8) return x;
  const n = reduceAngle(x);
  const a = angle[0];
  const b = angle[1];
  const z = a * a;
  const s = sinRest(a, b, z);
  const h = 1 - 0.5 * z;
  const c = 1 - h - 0.5 * z + (z * z * cosTail(z) - 0.5 * productTail(a, a, z) - a * b);
  const sine = a + s;
  const sineTail = a - sine + s;
  const cosine = h + c;
  const cosineTail = h - cosine + c;
  return (n & 1) === 0 ? quotient(sine, sineTail, cosine, cosineTail) : -quotient(cosine, cosineTail, sine, sineTail);
}
