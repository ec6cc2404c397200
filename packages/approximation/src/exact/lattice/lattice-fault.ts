import { absolute, add, compare, divide, multiply, type Rational, rational, subtract, zero } from '../rational.js';

/**
 * What is wrong with `reduced` as a reduced basis of the lattice of `rows`, or nothing: whether the lattice is another, a quotient |μ_ij| is above 1/2, or
 * Lovász' condition with 3/4 is broken. In rationals, by Gram and Schmidt's formulas, apart from what made it. For as many rows as columns.
 */
export function latticeFault(
  rows: readonly (readonly bigint[])[],
  reduced: readonly (readonly bigint[])[],
): string | undefined {
  const before = rows.map((row) => row.map((v) => rational(v)));
  const after = reduced.map((row) => row.map((v) => rational(v)));
  if (before.length !== after.length) return `there are ${after.length} rows, not ${before.length}`;
  for (const [from, to] of [
    [before, after],
    [after, before],
  ]) {
    const outside = to.findIndex((row) => !solve(from, row).every(({ denominator }) => denominator === 1n));
    if (outside >= 0) return `row ${outside} is no sum of multiples of the other rows`;
  }
  const { mu, lengths } = orthogonal(after);
  for (let i = 1; i < after.length; i++) {
    const j = mu[i].findIndex((v) => compare(absolute(v), rational(1n, 2n)) > 0);
    if (j >= 0) return `row ${i} has more than half of row ${j}`;
    const last = mu[i][i - 1];
    const least = multiply(subtract(rational(3n, 4n), multiply(last, last)), lengths[i - 1]);
    if (compare(lengths[i], least) < 0) return `rows ${i - 1} and ${i} are in the wrong sequence`;
  }
  return undefined;
}

function inner(a: readonly Rational[], b: readonly Rational[]): Rational {
  return a.reduce((sum, v, i) => add(sum, multiply(v, b[i])), zero);
}

function orthogonal(rows: readonly (readonly Rational[])[]): { mu: Rational[][]; lengths: Rational[] } {
  const stars: (readonly Rational[])[] = [];
  const mu = rows.map((row) => {
    const own = stars.map((star) => divide(inner(row, star), inner(star, star)));
    stars.push(row.map((v, c) => own.reduce((rest, m, j) => subtract(rest, multiply(m, stars[j][c])), v)));
    return own;
  });
  return { mu, lengths: stars.map((star) => inner(star, star)) };
}

/** x with x·rows = row, by elimination; the rows are a basis of the space. */
function solve(rows: readonly (readonly Rational[])[], row: readonly Rational[]): Rational[] {
  const n = rows.length;
  // Columns of the equations are rows of the basis.
  const equations = Array.from({ length: n }, (_, c) => [...rows.map((r) => r[c]), row[c]]);
  for (let k = 0; k < n; k++) {
    const pivot = equations.findIndex((equation, i) => i >= k && equation[k].numerator !== 0n);
    [equations[k], equations[pivot]] = [equations[pivot], equations[k]];
    for (let i = 0; i < n; i++) {
      if (i === k || equations[i][k].numerator === 0n) continue;
      const share = divide(equations[i][k], equations[k][k]);
      equations[i] = equations[i].map((v, c) => subtract(v, multiply(share, equations[k][c])));
    }
  }
  return equations.map((equation, k) => divide(equation[n], equation[k]));
}
