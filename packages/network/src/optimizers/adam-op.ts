import { flatten, type MultiOp, type Tensor } from '@neuronseek/tensor';
import { adamKernel } from '@neuronseek/tensor/kernels';

/** The numbers of Adam that stay the same from step to step. */
export interface AdamDecays {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

/**
 * One Adam step on one tensor as an operation, so that a compiled step can hold it. Inputs: parameter, gradient, both moments (float64), the number of the
 * step from 1, the learning rate. Outputs: parameter and both moments after it. No derivative passes through.
 */
export const adamOp: MultiOp<AdamDecays> = {
  name: 'adam',
  overwrites: true,
  infer: ([x]) => [
    { shape: x.shape, dtype: x.dtype === 'float32' ? 'float32' : 'float64' },
    { shape: x.shape, dtype: 'float64' },
    { shape: x.shape, dtype: 'float64' },
  ],
  compute: ([out, newMean, newSquare], [x, gradient, mean, square, steps, rate], decays) =>
    adamKernel(
      out.data,
      flatten(x),
      flatten(gradient),
      doubles(mean),
      doubles(square),
      doubles(newMean),
      doubles(newSquare),
      {
        ...decays,
        learningRate: rate.item(),
        steps: steps.item(),
      },
    ),
  vjp: () => {
    throw new TypeError('adam: has no derivative; wrap the parameters in stopGradient if that is meant');
  },
};

function doubles(x: Tensor): Float64Array {
  const values = flatten(x);
  if (values instanceof Float64Array) return values;
  throw new TypeError(`adam: moments are float64, got ${x.dtype}`);
}
