import { applyMulti, astype, type DType, type MultiOp, mul, type Tensor } from '@neuronseek/tensor';
import { checkCp } from '../cp/check-cp.js';
import type { CpTensor } from '../cp/cp-tensor.js';
import { cpToTensor } from '../cp/cp-to-tensor.js';
import type { ElementLoss } from '../cp/gcp/losses.js';
import { type GcpOptions, gcpDefaults, resolveOptions, scaledLoss } from '../cp/gcp/options.js';
import { completeOptions } from '../fit/complete-options.js';
import { float64Elements } from '../float64-elements.js';
import { checkData, checkWeights } from './check-data.js';

/** What of the options of `gcp` is about its loss. */
const lossPart: Required<Omit<GcpLossOptions, 'mask'>> = {
  loss: gcpDefaults.loss,
  delta: gcpDefaults.delta,
  failures: gcpDefaults.failures,
  beta: gcpDefaults.beta,
};

/** Options of `gcpLoss`: the loss as for `gcp`, with the same defaults. */
export type GcpLossOptions = Pick<GcpOptions, 'loss' | 'delta' | 'failures' | 'beta' | 'mask'>;

// Inputs are x, the model and, where there is one, a mask. The derivative by the model comes with the value; losses know no other one.
const elementLossOp: MultiOp<Pick<ElementLoss, 'value' | 'derivative'>> = {
  name: 'gcpLoss',
  overwrites: true,
  infer: ([x, model]) => [
    { shape: [], dtype: x.dtype },
    { shape: model.shape, dtype: x.dtype },
  ],
  compute: ([sum, slope], inputs, { value, derivative }) => {
    const [x, model, mask] = inputs.map(float64Elements);
    let total = 0;
    for (let q = 0; q < x.length; q++) {
      const seen = mask === undefined || mask[q] !== 0;
      if (seen) total += value(x[q], model[q]);
      slope.data[q] = seen ? derivative(x[q], model[q]) : 0;
    }
    sum.data[0] = total;
  },
  vjp: ([g, h], [, slope], _inputs, _loss, wanted) => {
    if (h) throw new TypeError('gcpLoss: has no second derivative; write the loss in operations on cpToTensor(cp)');
    if (wanted[0] || wanted[2]) {
      throw new TypeError('gcpLoss: has no derivative by x or mask; wrap it in stopGradient if that is meant');
    }
    return [undefined, g && mul(g, slope), undefined];
  },
};

/**
 * Sum of the losses that `gcp` minimises, as a term of a differentiable objective: Σ f(x, m) over the observed elements x and the elements m of a CP tensor.
 *
 * x and, where there is one, mask [I₀, …, I_{N-1}] (0: missing, not read) → a tensor of order 0; float64 unless everything is float32. Differentiable once, with
 * respect to cp; of higher order are losses written in operations on `cpToTensor(cp)`, and `cpLoss`. The model is not kept within the domain of the loss:
 * negative rates of 'poisson' give NaN, so use the squares of factors, or `gcp`. Cost: the dense model, 2·R·size(x) flops, twice that backward, and size(x) losses
 * and derivatives. (Hong, Kolda & Duersch 2020)
 *
 * @throws RangeError where shapes do not agree, and, in the words of `gcp`, for options out of range; TypeError where the loss is none
 */
export function gcpLoss(x: Tensor, cp: CpTensor, options: GcpLossOptions = {}): Tensor {
  checkData('gcpLoss', x);
  checkCp('gcpLoss', cp, { shape: x.shape });
  const { mask, ...loss } = completeOptions('gcpLoss', lossPart, options, ['mask']);
  if (mask !== undefined) checkWeights('gcpLoss', mask, x.shape, 'mask');
  const { value, derivative } = scaledLoss(resolveOptions(loss, x.shape), 1);
  const model = cpToTensor(cp);
  const given = mask ? [x, model, mask] : [x, model];
  const dtype: DType = [x, model].every((t) => t.dtype === 'float32') ? 'float32' : 'float64';
  return applyMulti(
    elementLossOp,
    given.map((t) => astype(t, dtype)),
    { value, derivative },
  )[0];
}
