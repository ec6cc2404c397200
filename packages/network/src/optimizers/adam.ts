import { add, applyMulti, full, type Tensor, treeLeaves, zeros } from '@neuronseek/tensor';
import { adamOp } from './adam-op.js';
import type { Optimizer } from './optimizer.js';
import { updateLeaves } from './update-leaves.js';

/** Options of {@link adam}. */
export interface AdamOptions {
  /** Decay of the mean of gradients, from 0 to below 1. Default: 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients, from 0 to below 1. Default: 0.999. */
  readonly beta2?: number;
  /** Added to the root in the denominator, positive. Default: 1e-8. */
  readonly epsilon?: number;
  /** Adds weightDecay·parameter to the gradient (L2 as in PyTorch's Adam, not AdamW), from 0. Default: 0. */
  readonly weightDecay?: number;
}

export const adamDefaults: Required<AdamOptions> = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

/** The number of steps taken, and the moments, in float64, in the order of the parameter tree's leaves. */
export interface AdamState {
  readonly steps: Tensor;
  readonly mean: readonly Tensor[];
  readonly square: readonly Tensor[];
}

/**
 * Adam (Kingma, Ba, ICLR 2015): θ ← θ − η·m̂/(√v̂ + ε) with bias-corrected running means m̂ of the gradient and v̂ of its square, kept in
 * float64 whatever the parameters are. Options with defaults: `beta1` 0.9, `beta2` 0.999, `epsilon` 1e-8, `weightDecay` 0. Cost: about 14
 * flops a parameter and step. Throws a RangeError for options out of range; so does `update` when gradients, parameters and state do not fit.
 */
export function adam({
  beta1 = adamDefaults.beta1,
  beta2 = adamDefaults.beta2,
  epsilon = adamDefaults.epsilon,
  weightDecay = adamDefaults.weightDecay,
}: AdamOptions = {}): Optimizer<AdamState> {
  for (const [name, beta] of Object.entries({ beta1, beta2 })) {
    if (!(beta >= 0 && beta < 1)) throw new RangeError(`adam: ${name} must be from 0 to below 1, got ${beta}`);
  }
  if (!(epsilon > 0)) throw new RangeError(`adam: epsilon must be positive, got ${epsilon}`);
  if (!(weightDecay >= 0)) throw new RangeError(`adam: weightDecay must not be negative, got ${weightDecay}`);
  return {
    init: (params) => {
      const zero = treeLeaves(params).map((x) => zeros(x.shape));
      return { steps: zeros([]), mean: zero, square: zero };
    },
    update: (params, gradients, state, learningRate) => {
      const steps = add(state.steps, 1);
      const rate = typeof learningRate === 'number' ? full([], learningRate) : learningRate;
      const decays = { beta1, beta2, epsilon, weightDecay };
      const mean: Tensor[] = [];
      const square: Tensor[] = [];
      const memory = { leaves: state.mean.length, size: (leaf: number) => state.mean[leaf].size };
      const next = updateLeaves('adam', params, gradients, memory, (x, slope, i) => {
        const inputs = [x, slope, state.mean[i], state.square[i], steps, rate];
        const [moved, m, v] = applyMulti(adamOp, inputs, decays);
        mean[i] = m;
        square[i] = v;
        return moved;
      });
      return { params: next, state: { steps, mean, square } };
    },
  };
}
