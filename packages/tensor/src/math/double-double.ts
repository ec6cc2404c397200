/**
 * Where functions that return a sum of two doubles leave the smaller one, and `expParts` its exponent: a pair would have to be
 * allocated. Read it before the next call of such a function.
 */
export const tail: Float64Array = /* @__PURE__ */ new Float64Array(2);

/**
 * a·b − p for p = a·b rounded, exactly, unless something over- or underflows.
 *
 * Source: Dekker, A floating-point technique for extending the available precision, Numerische Mathematik 18 (1971).
 */
export function productTail(a: number, b: number, p: number): number {
  const ca = 134217729 * a;
  const cb = 134217729 * b;
  const ah = ca - (ca - a);
  const bh = cb - (cb - b);
  const al = a - ah;
  const bl = b - bh;
  return al * bl - (p - ah * bh - al * bh - ah * bl);
}

/** a + b − s for s = a + b rounded, exactly (Knuth, TAOCP 2, 4.2.2). */
export function sumTail(a: number, b: number, s: number): number {
  const c = s - a;
  return a - (s - c) + (b - c);
}

/** The square root of h + l, of which `tail` gets the smaller part; h > 0. */
export function sqrtParts(h: number, l: number): number {
  const root = Math.sqrt(h);
  const square = root * root;
  tail[0] = (h - square - productTail(root, root, square) + l) / (2 * root);
  return root;
}

/** (a + al)/(b + bl), rounded with an error of little more than half a unit. */
export function quotient(a: number, al: number, b: number, bl: number): number {
  const q = a / b;
  const p = q * b;
  return q + (a - p - productTail(q, b, p) + (al - q * bl)) / b;
}
