import { add, astype, mul, sub, type Tensor, treeLeaves, zerosLike } from '@neuronseek/tensor';
import type { Optimizer } from './optimizer.js';
import { updateLeaves } from './update-leaves.js';

/** Options of {@link sgd}. */
export interface SgdOptions {
  /** Share of the last step that is added to this one, from 0 to below 1. Default: 0. */
  readonly momentum?: number;
}

export const sgdDefaults: Required<SgdOptions> = { momentum: 0 };

/** Velocities in the order of the parameter tree's leaves. */
export interface SgdState {
  readonly velocity: readonly Tensor[];
}

/**
 * Gradient descent, with momentum (Polyak 1964): v ← momentum·v + g, θ ← θ − η·v. Option: `momentum`, default 0. Throws a RangeError for a
 * momentum out of range; so does `update` when gradients, parameters and state do not fit.
 */
export function sgd({ momentum = sgdDefaults.momentum }: SgdOptions = {}): Optimizer<SgdState> {
  if (!(momentum >= 0 && momentum < 1)) {
    throw new RangeError(`sgd: momentum must be from 0 to below 1, got ${momentum}`);
  }
  return {
    init: (params) => ({ velocity: treeLeaves(params).map(zerosLike) }),
    update: (params, gradients, state, learningRate) => {
      const velocity: Tensor[] = [];
      const memory = { leaves: state.velocity.length, size: (leaf: number) => state.velocity[leaf].size };
      const next = updateLeaves('sgd', params, gradients, memory, (x, slope, i) => {
        velocity[i] = add(mul(state.velocity[i], momentum), slope);
        // A tensor would make float64 of float32 parameters, where a number adapts.
        const rate = typeof learningRate === 'number' ? learningRate : astype(learningRate, x.dtype);
        return sub(x, mul(velocity[i], rate));
      });
      return { params: next, state: { velocity } };
    },
  };
}
