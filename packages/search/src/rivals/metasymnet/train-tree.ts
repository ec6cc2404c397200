import { log } from '@neuronseek/tensor/math';
import type { Rows } from '../programs/rows.js';
import type { Target } from '../programs/scaled-error.js';
import type { MetaSymNetSettings } from './options.js';
import {
  backRow,
  createWork,
  forwardRow,
  innerCount,
  paramStart,
  type SoftTree,
  type SoftWork,
  softShares,
} from './soft-tree.js';

/** Error over the target's variance plus `entropy` times the mean entropy of the choices, and its gradient. */
export function softLoss(
  tree: SoftTree,
  work: SoftWork,
  { columns, count }: Rows,
  target: Target,
  entropy: number,
  gradient: Float64Array,
): { loss: number; error: number } {
  gradient.fill(0);
  work.shareSlopes.fill(0);
  softShares(tree, work.shares);
  let error = 0;
  for (let r = 0; r < count; r++) {
    const e = forwardRow(tree, work, columns, count, r) - target.values[r];
    error += (e * e) / target.sst;
    backRow(tree, work, columns, count, r, (2 * e) / target.sst, gradient);
  }
  const inner = innerCount(tree);
  const nodes = 2 * inner + 1;
  let disorder = 0;
  for (let node = 0; node < nodes; node++) {
    const start = paramStart(tree, node);
    const width = node < inner ? tree.functions.length : tree.inputs;
    let mean = 0;
    for (let i = 0; i < width; i++) {
      const share = work.shares[start + i];
      const logShare = log(Math.max(share, 1e-300));
      disorder -= (share * logShare) / nodes;
      work.shareSlopes[start + i] -= (entropy / nodes) * (logShare + 1);
      mean += share * work.shareSlopes[start + i];
    }
    // Through the softmax: ∂/∂z_i = p_i (g_i − Σ_j p_j g_j).
    for (let i = 0; i < width; i++)
      gradient[start + i] += work.shares[start + i] * (work.shareSlopes[start + i] - mean);
  }
  return { loss: error + entropy * disorder, error };
}

/**
 * Trains a tree by Adam (Kingma, Ba 2015), the weight of the entropy rising from 0 to its end, so that choices are free at first and made at last.
 * Returns the trained tree and the error of its last step.
 */
export function trainTree(
  start: SoftTree,
  rows: Rows,
  target: Target,
  { steps, learningRate, entropy }: Pick<MetaSymNetSettings, 'steps' | 'learningRate' | 'entropy'>,
): { tree: SoftTree; error: number } {
  const tree = { ...start, params: start.params.slice() };
  const work = createWork(tree);
  const count = tree.params.length;
  const [gradient, first, second] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  let error = Number.POSITIVE_INFINITY;
  let [power1, power2] = [1, 1];
  for (let step = 1; step <= steps; step++) {
    const done = step / steps;
    ({ error } = softLoss(tree, work, rows, target, entropy * done, gradient));
    let square = 0;
    for (const g of gradient) square += g * g;
    // A step from a cliff of exp or 1/v says nothing about the way: gradients longer than 1 count as 1.
    const clip = square > 1 ? 1 / Math.sqrt(square) : 1;
    if (!Number.isFinite(square)) return { tree, error: Number.POSITIVE_INFINITY };
    power1 *= 0.9;
    power2 *= 0.999;
    const rate = learningRate * (1 - 0.9 * done);
    for (let i = 0; i < count; i++) {
      const g = gradient[i] * clip;
      first[i] = 0.9 * first[i] + 0.1 * g;
      second[i] = 0.999 * second[i] + 0.001 * g * g;
      tree.params[i] -= (rate * (first[i] / (1 - power1))) / (Math.sqrt(second[i] / (1 - power2)) + 1e-8);
    }
  }
  return { tree, error };
}
