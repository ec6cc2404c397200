import { eigvalsh } from '@neuronseek/tensor/kernels';
import { expand } from '../expand.js';

/** Steps end when one moves the core by less than this share of the first (as for factors: Gillis & Glineur 2012, section 3). */
const WORTHWHILE = 0.1;

/**
 * Lowers ½·⟨core ×ₙ Bₙ, core⟩ - ⟨projection, core⟩ over core ≥ 0, in place, Bₙ = Aₙᵀ·Aₙ: least squares for the core of given factors.
 *
 * Projected gradient steps of length 1/Π λ_max(Bₙ) with Nesterov's extrapolation; where one would not lower the objective, a plain step from the
 * core itself does instead, which never raises it. Cost a step: N mode products of the core. (Beck & Teboulle 2009)
 */
export function improveCore(
  ranks: readonly number[],
  grams: readonly Float64Array[],
  projection: Float64Array,
  core: Float64Array,
  mostSteps: number,
): void {
  const lipschitz = grams.reduce((product, gram, mode) => product * largestEigenvalue(gram, ranks[mode]), 1);
  if (!(lipschitz > 0)) return;
  const image = (point: Float64Array): Float64Array => expand(point, ranks, grams);
  const value = (point: Float64Array, itsImage: Float64Array): number =>
    point.reduce((sum, v, q) => sum + v * (itsImage[q] / 2 - projection[q]), 0);
  const step = (point: Float64Array, itsImage: Float64Array): Float64Array =>
    point.map((v, q) => Math.max(0, v - (itsImage[q] - projection[q]) / lipschitz));

  let current: Float64Array = core.slice();
  let currentImage = image(current);
  let best = value(current, currentImage);
  let ahead = current;
  let aheadImage = currentImage;
  let momentum = 1;
  let first = 0;
  for (let i = 0; i < mostSteps; i++) {
    let next = step(ahead, aheadImage);
    let nextImage = image(next);
    let found = value(next, nextImage);
    if (found > best) {
      next = step(current, currentImage);
      nextImage = image(next);
      found = value(next, nextImage);
      momentum = 1;
    }
    if (!(found <= best)) break;
    const change = next.reduce((sum, v, q) => sum + (v - current[q]) ** 2, 0);
    const following = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const beta = (momentum - 1) / following;
    const extrapolated = (a: Float64Array, b: Float64Array): Float64Array => a.map((v, q) => v + beta * (v - b[q]));
    ahead = extrapolated(next, current);
    aheadImage = extrapolated(nextImage, currentImage);
    current = next;
    currentImage = nextImage;
    best = found;
    momentum = following;
    if (i === 0) first = change;
    if (change <= WORTHWHILE * WORTHWHILE * first) break;
  }
  core.set(current);
}

function largestEigenvalue(gram: Float64Array, rank: number): number {
  const values = new Float64Array(rank);
  eigvalsh(rank, gram, 0, values, 0);
  return values[rank - 1];
}
