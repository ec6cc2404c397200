import {
  absolute,
  add,
  compare,
  divide,
  multiply,
  negate,
  type Rational,
  rational,
  subtract,
  zero,
} from '../exact/rational.js';

/**
 * A direction z with W·z = 0 and largest coordinate 1 in size, for a first layer of fewer units than inputs (`rows`: one row of weights a unit).
 *
 * Whatever follows, the network takes one value at (1/2, …, 1/2) and at (1/2, …, 1/2) + z/2, where |x − 1/2|_∞ is 0 and 1/2: it misses that
 * 1-Lipschitz function by 1/4 or more. Exact elimination. Throws a RangeError unless there are fewer rows than columns.
 */
export function kernelObstruction(rows: readonly (readonly Rational[])[], inputs: number): Rational[] {
  if (!(rows.length < inputs) || rows.some((row) => row.length !== inputs)) {
    throw new RangeError(
      `kernelObstruction: needs fewer rows than inputs, each of ${inputs} numbers: got ${rows.length} rows`,
    );
  }
  const m = rows.map((row) => [...row]);
  const pivots: number[] = [];
  for (let d = 0, r = 0; d < inputs && r < m.length; d++) {
    const found = m.findIndex((row, i) => i >= r && row[d].numerator !== 0n);
    if (found < 0) continue;
    [m[r], m[found]] = [m[found], m[r]];
    const pivot = m[r][d];
    m[r] = m[r].map((value) => divide(value, pivot));
    for (let i = 0; i < m.length; i++) {
      const factor = m[i][d];
      if (i !== r && factor.numerator !== 0n) m[i] = m[i].map((value, j) => subtract(value, multiply(factor, m[r][j])));
    }
    pivots.push(d);
    r++;
  }
  const free = Array.from({ length: inputs }, (_, d) => d).find((d) => !pivots.includes(d)) ?? 0;
  const z = new Array<Rational>(inputs).fill(zero);
  z[free] = rational(1n);
  pivots.forEach((d, r) => {
    z[d] = negate(m[r][free]);
  });
  const largest = z.map(absolute).reduce((a, b) => (compare(a, b) < 0 ? b : a));
  return z.map((value) => divide(value, largest));
}

/** Σ row_d·x_d, exactly. */
export function innerProduct(row: readonly Rational[], x: readonly Rational[]): Rational {
  return row.reduce((sum, w, d) => add(sum, multiply(w, x[d])), zero);
}
