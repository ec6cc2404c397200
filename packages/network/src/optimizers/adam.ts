import { flatten, showShape, Tensor, treeLeaves, treeMap } from '@neuronseek/tensor';
import { adamKernel } from '../kernels/adam/index.js';
import type { Optimizer } from './optimizer.js';

/** Options of {@link adam}. */
export interface AdamOptions {
  /** Decay of the mean of gradients. Default: 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients. Default: 0.999. */
  readonly beta2?: number;
  /** Added to the root in the denominator. Default: 1e-8. */
  readonly epsilon?: number;
  /** Adds weightDecay·parameter to the gradient (L2 as in PyTorch's Adam, not AdamW). Default: 0. */
  readonly weightDecay?: number;
}

export const adamDefaults: Required<AdamOptions> = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

/** Moments in the order of the parameter tree's leaves, and the number of steps taken. */
export interface AdamState {
  readonly steps: number;
  readonly mean: readonly Float64Array[];
  readonly square: readonly Float64Array[];
}

/**
 * Adam (Kingma, Ba, ICLR 2015): θ ← θ − η·m̂/(√v̂ + ε) with bias-corrected running means m̂ of the gradient and v̂ of its square.
 * Cost: about 12 flops a parameter and step. `update` throws a RangeError when gradients and parameters differ in shape.
 */
export function adam(options: AdamOptions = {}): Optimizer<AdamState> {
  const settings = { ...adamDefaults, ...options };
  return {
    init: (params) => {
      const zeros = treeLeaves(params).map((x) => new Float64Array(x.size));
      return { steps: 0, mean: zeros, square: zeros };
    },
    update: (params, gradients, state, learningRate) => {
      const slopes = treeLeaves(gradients);
      const steps = state.steps + 1;
      const mean: Float64Array[] = [];
      const square: Float64Array[] = [];
      const next = treeMap((x, path) => {
        const i = mean.length;
        const slope = slopes[i];
        if (slope === undefined || slope.size !== x.size) {
          const got = slope ? showShape(slope.shape) : 'missing';
          throw new RangeError(
            `adam: gradient of ${path || 'the parameters'} is ${got}, expected ${showShape(x.shape)}`,
          );
        }
        const moments = { mean: new Float64Array(x.size), square: new Float64Array(x.size) };
        const values = flatten(x);
        const out = values.slice();
        adamKernel(out, values, flatten(slope), state.mean[i], state.square[i], moments.mean, moments.square, {
          ...settings,
          steps,
          learningRate,
        });
        mean.push(moments.mean);
        square.push(moments.square);
        return new Tensor(out, x.dtype, x.shape);
      }, params);
      return { params: next, state: { steps, mean, square } };
    },
  };
}
