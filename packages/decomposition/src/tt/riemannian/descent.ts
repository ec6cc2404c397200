import { trainAt } from '../cross/train-at.js';
import { extendLeft, startFrames } from '../fit/frames.js';
import type { Samples } from '../fit/samples.js';
import type { TangentFrames } from './frames.js';
import { type Deltas, gauged, projectTrain, tangentTrain } from './tangent.js';

/** A direction of descent at a point, and the gradient there. */
export interface Direction {
  readonly frames: TangentFrames;
  readonly deltas: Deltas;
  readonly gradient: Deltas;
}

/** Riemannian gradient of ½Σ w·(train - y)². Cost: 6·S·Σ r² flops. */
export function sampleGradient(frames: TangentFrames, samples: Samples, model: Float64Array): Deltas {
  const { shape, ranks, left, right } = frames;
  const order = shape.length;
  const { points, values, roots } = samples;
  const rows = startFrames({ shape, ranks: [...ranks], cores: [...right] }, samples);
  const raw = shape.map((n, k) => {
    const [r, next] = [ranks[k], ranks[k + 1]];
    const [before, behind] = [rows.left[k], rows.right[k + 1]];
    const out = new Float64Array(r * n * next);
    for (let s = 0; s < values.length; s++) {
      const weight = (model[s] - values[s]) * roots[s] * roots[s];
      const i = points[s * order + k];
      for (let a = 0; a < r; a++) {
        const v = weight * before[s * r + a];
        const at = (a * n + i) * next;
        for (let b = 0; b < next; b++) out[at + b] += v * behind[s * next + b];
      }
    }
    if (k < order - 1) extendLeft(rows, { shape, ranks: [...ranks], cores: [...left] }, samples, k);
    return out;
  });
  return gauged(frames, raw);
}

/** -g + β·d with Polak and Ribière's β, not negative; the last direction and gradient are carried along by projection. */
export function conjugateDirection(frames: TangentFrames, gradient: Deltas, last: Direction | undefined): Direction {
  const steepest = { frames, deltas: gradient.map((delta) => delta.map((v) => -v)), gradient };
  if (last === undefined) return steepest;
  const before = projectTrain(frames, tangentTrain(last.frames, last.gradient));
  const along = projectTrain(frames, tangentTrain(last.frames, last.deltas));
  const beta = (inner(gradient, gradient) - inner(gradient, before)) / inner(last.gradient, last.gradient);
  if (!(beta > 0 && beta < Infinity)) return steepest;
  const deltas = gradient.map((delta, k) => delta.map((v, q) => beta * along[k][q] - v));
  return inner(deltas, gradient) < 0 ? { frames, deltas, gradient } : steepest;
}

/** The minimum of the objective along the tangent line. */
export function exactStep(
  { frames, deltas }: Direction,
  { points, values, roots }: Samples,
  model: Float64Array,
): number {
  const slope = trainAt(tangentTrain(frames, deltas), points);
  let [above, below] = [0, 0];
  for (let s = 0; s < values.length; s++) {
    const weight = roots[s] * roots[s];
    above += weight * (values[s] - model[s]) * slope[s];
    below += weight * slope[s] * slope[s];
  }
  return below > 0 ? above / below : 0;
}

/** Cores of the frames are orthogonal: tangent vectors have the inner product of their deltas. */
function inner(a: Deltas, b: Deltas): number {
  let sum = 0;
  a.forEach((delta, k) => {
    for (let q = 0; q < delta.length; q++) sum += delta[q] * b[k][q];
  });
  return sum;
}
