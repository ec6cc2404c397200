import { exp } from '@neuronseek/tensor/math';
import { fold, gamma, type Key, normal, uniform } from '@neuronseek/tensor/random';

/**
 * How inputs are distributed: N(0, 1); U(−1, 1); exp(N(0, 1)/2); N(0, 1) with correlation `ar` between neighbouring columns (autoregressive of order
 * 1, variance 1); Student's t with `t` degrees of freedom scaled to variance 1; N(shift, 1).
 */
export type InputDistribution =
  | 'normal'
  | 'uniform'
  | 'log-normal'
  | { readonly ar: number }
  | { readonly t: number }
  | { readonly shift: number };

/** `rows` rows of `inputs` numbers, row-major. Throws a RangeError, naming `op`, for a distribution that there is not. */
export function drawInputs(
  op: string,
  key: Key,
  rows: number,
  inputs: number,
  distribution: InputDistribution,
): Float64Array {
  checkDistribution(op, distribution);
  const count = rows * inputs;
  if (distribution === 'uniform') return uniform(key, count, { min: -1, max: 1 });
  const x = normal(key, count);
  if (distribution === 'normal') return x;
  if (distribution === 'log-normal') {
    for (let i = 0; i < count; i++) x[i] = exp(x[i] / 2);
  } else if ('shift' in distribution) {
    for (let i = 0; i < count; i++) x[i] += distribution.shift;
  } else if ('ar' in distribution) {
    const { ar } = distribution;
    const rest = Math.sqrt(1 - ar * ar);
    for (let i = 0; i < count; i++) if (i % inputs !== 0) x[i] = ar * x[i - 1] + rest * x[i];
  } else {
    // z/√(χ²/t) has variance t/(t − 2); χ² of t degrees is a gamma variable of shape t/2 and scale 2.
    const { t } = distribution;
    const squares = gamma(fold(key, 0), count, { alpha: t / 2, scale: 2 });
    for (let i = 0; i < count; i++) x[i] *= Math.sqrt((t - 2) / squares[i]);
  }
  return x;
}

function checkDistribution(op: string, distribution: InputDistribution): void {
  const refuse = (must: string): never => {
    throw new RangeError(`${op}: distribution ${must}: got ${JSON.stringify(distribution)}`);
  };
  if (typeof distribution === 'string') {
    if (!['normal', 'uniform', 'log-normal'].includes(distribution)) {
      refuse("must be 'normal', 'uniform', 'log-normal', { ar }, { t } or { shift }");
    }
    return;
  }
  if ('ar' in distribution) {
    if (!(Math.abs(distribution.ar) < 1)) refuse('needs ar between -1 and 1');
  } else if ('t' in distribution) {
    if (!(distribution.t > 2 && Number.isFinite(distribution.t))) refuse('needs t above 2, where there is a variance');
  } else if (!Number.isFinite(distribution.shift)) {
    refuse("must be 'normal', 'uniform', 'log-normal', { ar }, { t } or { shift }");
  }
}
