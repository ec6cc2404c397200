import type { FormulaProblem } from './formula-problem.js';
import { box, cube, makeFormula, numbered } from './make-formula.js';

/** Formula, columns, range and rows. */
type Row = readonly [formula: string, columns: 1 | 2, min: number, max: number, rows: number];

const table: readonly Row[] = [
  ['x^3 + x^2 + x', 1, -1, 1, 20],
  ['x^4 + x^3 + x^2 + x', 1, -1, 1, 20],
  ['x^5 + x^4 + x^3 + x^2 + x', 1, -1, 1, 20],
  ['x^6 + x^5 + x^4 + x^3 + x^2 + x', 1, -1, 1, 20],
  ['sin(x^2)*cos(x) - 1', 1, -1, 1, 20],
  ['sin(x) + sin(x + x^2)', 1, -1, 1, 20],
  ['log(x + 1) + log(x^2 + 1)', 1, 0, 2, 20],
  ['sqrt(x)', 1, 0, 4, 20],
  ['sin(x) + sin(y^2)', 2, -1, 1, 100],
  ['2*sin(x)*cos(y)', 2, -1, 1, 100],
  ['x^y', 2, 0, 1, 20],
  ['x^4 - x^3 + y^2/2 - y', 2, 0, 1, 20],
];

/**
 * Problem i of Nguyen, 1 … 12, without noise; test rows are as many, of the same box.
 *
 * Source: 1–10 Uy et al., "Semantically-based crossover in genetic programming: application to real-valued symbolic regression", GPEM 12
 * (2011); 11 and 12, which were added later, as in Petersen et al., "Deep symbolic regression", ICLR 2021. Throws a RangeError for another i.
 */
export function nguyen(i: number): FormulaProblem {
  const [formula, columns, min, max, rows] = numbered('nguyen', table, i);
  const sampling = box(rows, cube(columns, min, max));
  return makeFormula(`Nguyen-${i}`, formula, columns === 1 ? ['x'] : ['x', 'y'], sampling, sampling);
}
