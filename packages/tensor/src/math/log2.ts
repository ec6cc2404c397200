import { productTail, tail } from './double-double.js';
import { log } from './log.js';
import { logParts } from './log-parts.js';

/** Logarithm to base 2, exact for powers of 2. Error below 0.52 units in the last place. */
export function log2(x: number): number {
  return scaled(x, Math.LOG2E, 2.0355273740931033e-17);
}

/** Logarithm to base 10, exact for powers of 10. Error below 0.52 units in the last place. */
export function log10(x: number): number {
  return scaled(x, Math.LOG10E, 1.098319650216765e-17);
}

/** ln x·(a + b). */
function scaled(x: number, a: number, b: number): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return log(x);
  const h = logParts(x, 0);
  const l = tail[0];
  const p = h * a;
  return p + (productTail(h, a, p) + (h * b + l * a));
}
