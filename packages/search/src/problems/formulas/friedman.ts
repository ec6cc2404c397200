import type { FormulaProblem, Range } from './formula-problem.js';
import { box, cube, makeFormula, numbered } from './make-formula.js';

const electric: readonly Range[] = [
  [0, 100],
  [40 * Math.PI, 560 * Math.PI],
  [0, 1],
  [1, 11],
];

/** Formula, ranges and noise. */
type Row = readonly [formula: string, ranges: readonly Range[], noise: number];

const table: readonly Row[] = [
  ['10*sin(pi*x1*x2) + 20*(x3 - 0.5)^2 + 10*x4 + 5*x5', /* @__PURE__ */ cube(10, 0, 1), 1],
  ['sqrt(x1^2 + (x2*x3 - 1/(x2*x4))^2)', electric, 125],
  ['atan((x2*x3 - 1/(x2*x4))/x1)', electric, 0.1],
];

/**
 * Problem i of Friedman, 1 … 3, with 200 training and 1000 test rows: ten inputs of which five matter; impedance and phase of a circuit of four. Noise is the
 * usual one: of deviation 1, and of 125 and 0.1, about a third of that of the target.
 *
 * Source: Friedman, "Multivariate adaptive regression splines", Annals of Statistics 19 (1991); Breiman, "Bagging predictors", Machine Learning 24 (1996).
 * Throws a RangeError for another i.
 */
export function friedman(i: 1 | 2 | 3): FormulaProblem {
  const [formula, ranges, noise] = numbered('friedman', table, i);
  const features = ranges.map((_, d) => `x${d + 1}`);
  return makeFormula(`Friedman-${i}`, formula, features, box(200, ranges), box(1000, ranges), noise);
}
