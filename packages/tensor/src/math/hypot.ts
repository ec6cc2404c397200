import { productTail } from './double-double.js';

/** √(x² + y²) without overflow; Infinity if either is infinite, even beside NaN (C and IEEE 754). Error below 0.52 units in the last place, 0.8 where the result is subnormal. */
export function hypot(x: number, y: number): number {
  let a = Math.abs(x);
  let b = Math.abs(y);
  if (a === Number.POSITIVE_INFINITY || b === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  if (!(a >= b)) {
    if (!(a < b)) return Number.NaN;
    const larger = b;
    b = a;
    a = larger;
  }
  if (a > b * 2 ** 54) return a;
  let unit = 1;
  if (a > 2 ** 500) {
    unit = 2 ** 600;
    a *= 2 ** -600;
    b *= 2 ** -600;
  } else if (b < 2 ** -450) {
    unit = 2 ** -600;
    a *= 2 ** 600;
    b *= 2 ** 600;
  }
  if (a === 0) return 0;
  const p = a * a;
  const q = b * b;
  const s = p + q;
  const rest = p - s + q + (productTail(a, a, p) + productTail(b, b, q));
  const root = Math.sqrt(s);
  const square = root * root;
  return (root + (s - square - productTail(root, root, square) + rest) / (2 * root)) * unit;
}
