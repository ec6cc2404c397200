import { add, clip, div, mul, sigmoid, type Tensor, tensor } from '@neuronseek/tensor';
import { log, log1p } from '@neuronseek/tensor/math';
import { type Key, uniform } from '@neuronseek/tensor/random';

// The hard concrete distribution (Louizos, Welling, Kingma, ICLR 2018): a stretched and clipped binary concrete variable, so that a
// gate is exactly 0 or 1 with positive probability and still has a gradient.

/** Temperature. */
const beta = 0.66;
/** Ends of the interval to which (0, 1) is stretched before clipping. */
const low = -0.1;
const high = 1.1;

/** log α of a gate that starts out at sigmoid(log α) = 0.9. */
export const initialLogAlpha: number = log(9);

/** −β·ln(−low/high): how far P(z ≠ 0) = sigmoid(log α + this) is shifted from sigmoid(log α). */
const openShift = -beta * log(-low / high);

/** ln u − ln(1 − u) of a uniform u for every gate. */
export function gateNoise(shape: readonly number[], key: Key): Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  const draws = uniform(key, size, { min: 1e-8, max: 1 - 1e-8 });
  return tensor(
    draws.map((u) => log(u) - log1p(-u)),
    shape,
  );
}

/** One draw of every gate, differentiable in log α: z = clip(sigmoid((noise + log α)/β)·(high − low) + low, 0, 1). */
export function noisyGates(logAlpha: Tensor, noise: Tensor): Tensor {
  return stretch(sigmoid(div(add(logAlpha, noise), beta)));
}

/** The gates without noise: clip(sigmoid(log α)·(high − low) + low, 0, 1). */
export function expectedGates(logAlpha: Tensor): Tensor {
  return stretch(sigmoid(logAlpha));
}

/** P(z ≠ 0) = sigmoid(log α − β·ln(−low/high)): the expected L0 norm of every gate, which the search penalises. */
export function openProbability(logAlpha: Tensor): Tensor {
  return sigmoid(add(logAlpha, openShift));
}

function stretch(s: Tensor): Tensor {
  return clip(add(mul(s, high - low), low), 0, 1);
}
