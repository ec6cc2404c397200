import { type Key, normal } from '@neuronseek/tensor/random';
import type { Rows } from '../programs/rows.js';
import { backward, forward, gradient, newPass } from './network.js';
import type { EqlSettings } from './options.js';
import { type EqlShape, liveWeights } from './shape.js';

/** Gradients longer than this are scaled down to it: squares and products of squares explode. */
const longest = 10;

/**
 * Weights after the phases of Martius and Lampert: Adam without penalty for a quarter of the steps, with L1 for the rest, then small weights are 0. The
 * penalty is applied by soft thresholding after each step, so that weights become 0 and not small. Undefined where numbers are no longer finite.
 */
export function trainEql(
  shape: EqlShape,
  { count, columns, y }: Rows,
  { steps, learningRate, threshold }: EqlSettings,
  lambda: number,
  key: Key,
): Float64Array | undefined {
  const weights = startWeights(shape, key);
  const free = new Uint8Array(shape.parameters).fill(1);
  const pass = newPass(shape, count, columns);
  const bias = biases(shape);
  const [g, first, second] = [0, 1, 2].map(() => new Float64Array(shape.parameters));
  const residuals = new Float64Array(count);
  let [decay1, decay2] = [1, 1];
  for (let step = 0; step < steps; step++) {
    const out = forward(shape, weights, pass);
    for (let i = 0; i < count; i++) residuals[i] = (2 * (out[i] - y[i])) / count;
    backward(shape, weights, pass);
    gradient(shape, pass, residuals, free, g);
    let length = 0;
    for (const v of g) length += v * v;
    length = Math.sqrt(length);
    if (!Number.isFinite(length)) return undefined;
    const clip = length > longest ? longest / length : 1;
    decay1 *= 0.9;
    decay2 *= 0.999;
    const shrink = step < steps / 4 ? 0 : lambda * learningRate;
    for (let i = 0; i < g.length; i++) {
      const v = g[i] * clip;
      first[i] = 0.9 * first[i] + 0.1 * v;
      second[i] = 0.999 * second[i] + 0.001 * v * v;
      const w = weights[i] - (learningRate * (first[i] / (1 - decay1))) / (Math.sqrt(second[i] / (1 - decay2)) + 1e-8);
      weights[i] = bias[i] === 1 ? w : Math.sign(w) * Math.max(Math.abs(w) - shrink, 0);
    }
  }
  for (let i = 0; i < weights.length; i++) if (Math.abs(weights[i]) < threshold) weights[i] = 0;
  const live = liveWeights(shape, weights);
  return weights.map((w, i) => (live[i] === 1 ? w : 0));
}

function startWeights({ layers, parameters }: EqlShape, key: Key): Float64Array {
  const weights = normal(key, parameters);
  for (const { width, arguments: count, at } of layers) {
    for (let i = at; i < at + count * (width + 1); i++) {
      weights[i] = (i - at) % (width + 1) === width ? 0 : weights[i] / Math.sqrt(width);
    }
  }
  return weights;
}

/** 1 for biases, which are not penalised. */
function biases({ layers, parameters }: EqlShape): Uint8Array {
  const bias = new Uint8Array(parameters);
  for (const { width, arguments: count, at } of layers) {
    for (let k = 0; k < count; k++) bias[at + k * (width + 1) + width] = 1;
  }
  return bias;
}
