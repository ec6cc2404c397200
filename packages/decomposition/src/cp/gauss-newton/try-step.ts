import { dot } from './conjugate-gradients.js';
import { type NormalMatrix, timesNormal } from './normal-matrix.js';
import type { Evaluation, Objective } from './objective.js';
import { balancedFactors } from './point.js';
import { curvatureAlong } from './second-derivative.js';
import { type SolverChoice, stepSolver } from './solve-step.js';

/** A step tried: where it leads, and the decrease that the quadratic model promised. */
export interface Trial {
  readonly point: Evaluation;
  readonly predicted: number;
}

/** What conjugate gradients leave of their right-hand side: digits of a step that the damping bends do not pay, those of a nearly free one do. */
const ROUGH = 1e-1;
const FINE = 1e-2;
const NEARLY_FREE = 1e-4;

/** A bend longer than this share of the step is outside of what a series in two terms can say. */
const MOST_BEND = 1;

/** Components much smaller than the largest are damped as if they had this share of its diagonal of JᵀJ. */
const LEAST_SHARE = 1e-3;

/** The damped and bent step from a point; undefined where none promises to gain more than `least`. */
export function tryStep(
  { rank, free, ridge }: Objective,
  evaluate: (factors: readonly Float64Array[]) => Evaluation,
  { factors, normal, gradient }: Evaluation,
  damping: number,
  choice: SolverChoice,
  least = 0,
): Trial | undefined {
  const scale = diagonal(normal);
  const added = scale.map((value, q) => damping * value + (ridge?.[q % rank] ?? 0));
  const solver = stepSolver(normal, added, choice);
  const negative = gradient.map((value) => -value);
  const step = solver?.solve(negative, damping > NEARLY_FREE ? ROUGH : FINE);
  if (solver === undefined || step === undefined) return undefined;
  const product = timesNormal(normal, step, new Float64Array(step.length));
  if (ridge) for (let q = 0; q < step.length; q++) product[q] += ridge[q % rank] * step[q];
  const predicted = dot(negative, step) - dot(step, product) / 2;
  if (!(predicted > least)) return undefined;
  const bend = solver.solve(curvatureAlong(normal, step), ROUGH);
  if (bend === undefined || weighted(scale, bend) > (2 * MOST_BEND) ** 2 * weighted(scale, step)) return undefined;
  for (let q = 0; q < step.length; q++) step[q] -= bend[q] / 2;
  const moved = factors.map((factor, mode) => {
    if (!free[mode]) return factor;
    const at = normal.offsets[mode];
    return factor.map((value, q) => value + step[at + q]);
  });
  return { point: evaluate(balancedFactors(moved, rank, free)), predicted };
}

/** The diagonal of JᵀJ, one number a parameter, bounded from below. */
function diagonal({ rank, factors, free, offsets, size, grams }: NormalMatrix): Float64Array {
  let largest = 0;
  grams.forEach((gram, mode) => {
    if (free[mode]) for (let r = 0; r < rank; r++) largest = Math.max(largest, gram[r * rank + r]);
  });
  const least = (largest || 1) * LEAST_SHARE;
  const values = new Float64Array(size);
  factors.forEach((factor, mode) => {
    if (!free[mode]) return;
    for (let q = 0; q < factor.length; q++) {
      const r = q % rank;
      values[offsets[mode] + q] = Math.max(grams[mode][r * rank + r], least);
    }
  });
  return values;
}

function weighted(scale: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let q = 0; q < v.length; q++) sum += scale[q] * v[q] * v[q];
  return sum;
}
