import { log } from '@neuronseek/tensor/math';
import type { Rows } from '../programs/rows.js';
import { backward, forward, jacobian, newPass, type Pass } from './network.js';
import { type EqlShape, liveWeights } from './shape.js';

/** Weights with their mean squared error. */
export interface Fitted {
  readonly weights: Float64Array;
  readonly error: number;
}

/** Rounding alone leaves this share of the variance; below it nothing is better. */
const floor = 1e-28;

/** What a network with so many weights is worth, lower is better: n·ln(error) + weights·ln n (BIC). */
export function bic(error: number, active: number, rows: number): number {
  return rows * log(error + floor) + active * log(rows);
}

/** The indices of weights other than 0. */
export function activeWeights(weights: Float64Array): number[] {
  return Array.from(weights, (_, i) => i).filter((i) => weights[i] !== 0);
}

/** Levenberg–Marquardt on the weights that are not 0. Cost a step: rows · active². */
export function refit(shape: EqlShape, rows: Rows, start: Float64Array, steps: number): Fitted {
  const pass = newPass(shape, rows.count, rows.columns);
  const list = activeWeights(start);
  let weights = start.slice();
  let error = errorOf(shape, rows, weights, pass);
  let damping = 1e-3;
  for (let step = 0; step < steps && list.length > 0 && Number.isFinite(error) && error > floor; step++) {
    const out = forward(shape, weights, pass);
    const residuals = rows.y.map((v, i) => v - out[i]);
    backward(shape, weights, pass);
    const system = normalEquations(jacobian(shape, pass, list), residuals, list.length);
    let gained = false;
    for (let tries = 0; tries < 8 && !gained; tries++) {
      const move = solveDamped(system, damping);
      const next = weights.slice();
      list.forEach((index, c) => {
        next[index] += move?.[c] ?? Number.NaN;
      });
      const reached = errorOf(shape, rows, next, pass);
      if (reached < error) {
        gained = error - reached > 1e-7 * error;
        [weights, error] = [next, reached];
        damping = Math.max(damping / 10, 1e-12);
        if (!gained) return { weights, error };
      } else damping *= 10;
    }
    if (!gained) break;
  }
  return { weights, error };
}

/** Takes weights out while BIC falls, those first whose loss is least by the quadratic model (LeCun, Denker and Solla, "Optimal brain damage", 1989). */
export function prune(shape: EqlShape, rows: Rows, start: Fitted): Fitted {
  let best = start;
  for (;;) {
    const list = activeWeights(best.weights);
    const score = bic(best.error, list.length, rows.count);
    const salient = leastSalient(shape, rows, best.weights, list);
    // A quarter at once while that pays, then one by one.
    const candidates = [salient.slice(0, list.length >> 2), ...salient.slice(0, 4).map((index) => [index])];
    let next: Fitted | undefined;
    for (const group of candidates) {
      if (group.length === 0) continue;
      const without = best.weights.slice();
      for (const index of group) without[index] = 0;
      const live = liveWeights(shape, without);
      const found = refit(
        shape,
        rows,
        without.map((w, i) => (live[i] === 1 ? w : 0)),
        12,
      );
      if (bic(found.error, activeWeights(found.weights).length, rows.count) < score) {
        next = found;
        break;
      }
    }
    if (next === undefined) return best;
    best = next;
  }
}

function leastSalient(shape: EqlShape, rows: Rows, weights: Float64Array, list: readonly number[]): number[] {
  const pass = newPass(shape, rows.count, rows.columns);
  forward(shape, weights, pass);
  backward(shape, weights, pass);
  const { gram, size } = normalEquations(jacobian(shape, pass, list), rows.y, list.length);
  // w²·H_ii: what a weight costs that no other makes up for.
  const cost = list.map((index, c) => weights[index] * weights[index] * gram[c * size + c]);
  return list
    .map((index, c) => ({ index, c }))
    .sort((a, b) => cost[a.c] - cost[b.c] || a.index - b.index)
    .map(({ index }) => index);
}

function errorOf(shape: EqlShape, { count, y }: Rows, weights: Float64Array, pass: Pass): number {
  const out = forward(shape, weights, pass);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += (out[i] - y[i]) * (out[i] - y[i]);
  return sum / count;
}

interface Normal {
  readonly gram: Float64Array;
  readonly right: Float64Array;
  readonly size: number;
}

function normalEquations(columns: Float64Array, residuals: Float64Array, size: number): Normal {
  const rows = residuals.length;
  const gram = new Float64Array(size * size);
  const right = new Float64Array(size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let i = 0, p = a * rows, q = b * rows; i < rows; i++, p++, q++) sum += columns[p] * columns[q];
      gram[a * size + b] = sum;
      gram[b * size + a] = sum;
    }
    for (let i = 0; i < rows; i++) right[a] += columns[a * rows + i] * residuals[i];
  }
  return { gram, right, size };
}

/** (G + λ·diag G)·x = g by Cholesky; undefined where that is not positive definite. */
function solveDamped({ gram, right, size }: Normal, damping: number): Float64Array | undefined {
  const l = gram.slice();
  const x = right.slice();
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = gram[a * size + b] + (a === b ? damping * gram[a * size + a] + 1e-300 : 0);
      for (let k = 0; k < b; k++) sum -= l[a * size + k] * l[b * size + k];
      if (a === b && !(sum > 0)) return undefined;
      l[a * size + b] = a === b ? Math.sqrt(sum) : sum / l[b * size + b];
    }
    for (let k = 0; k < a; k++) x[a] -= l[a * size + k] * x[k];
    x[a] /= l[a * size + a];
  }
  for (let a = size - 1; a >= 0; a--) {
    for (let k = a + 1; k < size; k++) x[a] -= l[k * size + a] * x[k];
    x[a] /= l[a * size + a];
  }
  return x;
}
