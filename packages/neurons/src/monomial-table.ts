/**
 * All monomials of each degree in n variables, numbered so that products are looked up, not searched for.
 *
 * A monomial of degree k is (prefix, last): x_last times a monomial of degree k - 1 in the variables up to `last`. Numbered by
 * `last` first, the prefixes of (·, last) are exactly the first C(last + k - 1, k - 1) monomials of degree k - 1.
 */
export interface Degree {
  readonly count: number;
  /** Number of the prefix in the degree below. */
  readonly prefix: Int32Array;
  readonly last: Int32Array;
  /** next[i·n + d]: the number, in the degree above, of monomial i times x_d. */
  readonly next: Int32Array;
}

/** C(n + k - 1, k): monomials of degree k in n variables. A double, which may exceed 2^53. */
export function monomialCount(n: number, k: number): number {
  let count = 1;
  for (let i = 1; i <= k; i++) count = (count * (n + i - 1)) / i;
  return Math.round(count);
}

/** The degrees 0 … k. Memory: n·C(n + k - 1, k) integers for the last of them. */
export function monomialTable(n: number, k: number): Degree[] {
  const degrees: Degree[] = [
    { count: 1, prefix: Int32Array.of(-1), last: Int32Array.of(0), next: Int32Array.from({ length: n }, (_, d) => d) },
  ];
  for (let degree = 1; degree <= k; degree++) {
    const below = degrees[degree - 1];
    const count = monomialCount(n, degree);
    const prefix = new Int32Array(count);
    const last = new Int32Array(count);
    for (let d = 0, i = 0; d < n; d++) {
      const prefixes = monomialCount(d + 1, degree - 1);
      for (let p = 0; p < prefixes; p++, i++) {
        prefix[i] = p;
        last[i] = d;
      }
    }
    // Where the monomials with a given last variable start in the degree above.
    const starts = Int32Array.from({ length: n }, (_, d) => monomialCount(d, degree + 1));
    const next = new Int32Array(degree < k ? count * n : 0);
    for (let i = 0; i * n < next.length; i++) {
      for (let d = 0; d < n; d++) {
        const inserted = starts[last[i]] + below.next[prefix[i] * n + d];
        next[i * n + d] = d >= last[i] ? starts[d] + i : inserted;
      }
    }
    degrees.push({ count, prefix, last, next });
  }
  return degrees;
}
