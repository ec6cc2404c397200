import {
  add,
  applyMulti,
  astype,
  type DType,
  equal,
  type MultiOp,
  mul,
  neg,
  sub,
  sum,
  type Tensor,
  where,
} from '@neuronseek/tensor';
import { float64Elements } from '../float64-elements.js';
import { halfSquares } from './half-squares.js';
import { inverseSquares } from './inverse-squares.js';

interface Request {
  readonly relative: boolean;
  /** Whether the derivative by the model is wanted, which comes with the value. */
  readonly derivative: boolean;
}

// Inputs are x, the model and, where there are any, weights. One pass over them; the backward pass only scales what is there.
const residualLossOp: MultiOp<Request> = {
  name: 'residualLoss',
  overwrites: true,
  infer: ([x, model], { derivative }) => [
    { shape: [], dtype: x.dtype },
    { shape: derivative ? model.shape : [0], dtype: x.dtype },
  ],
  compute: ([value, slope], inputs, { relative, derivative }) => {
    const [x, model, weights] = inputs.map(float64Elements);
    value.data[0] = halfSquares(x, model, weights, relative, derivative ? slope.data : undefined);
  },
  vjp: ([g, h], [value, slope], [x, model, weights], { relative }, wanted) => {
    const scale = relative ? inverseSquares(weights ? present(x, weights) : x, weights) : undefined;
    const scaled = (t: Tensor): Tensor => (scale ? mul(t, scale) : t);
    const along = h && scaled(weights ? mul(weights, h) : h);
    const byModel = plus(g && mul(g, slope), along);
    // d(1/Σ w·x²) = -(2·w·x·dx + x²·dw)/(Σ w·x²)²
    const weight = scale && plus(g && mul(g, value), h && sum(mul(h, slope)));
    const byScale = (t: Tensor): Tensor | undefined => weight && scale && neg(mul(mul(weight, scale), t));
    const ofData = (): Tensor | undefined => {
      const own = weights ? mul(weights, present(x, weights)) : x;
      return plus(byModel && neg(byModel), byScale(mul(own, 2)));
    };
    const ofWeights = (): Tensor | undefined => {
      const e = present(sub(model, x), weights);
      const parts = [g && mul(mul(g, 0.5), mul(e, e)), h && mul(h, e)].reduce(plus, undefined);
      const seen = present(x, weights);
      return plus(parts && scaled(present(parts, weights)), byScale(mul(seen, seen)));
    };
    return [wanted[0] ? ofData() : undefined, byModel, wanted[2] ? ofWeights() : undefined];
  },
};

/** Zeros where the weights are zero, whatever stands there. */
function present(t: Tensor, weights: Tensor): Tensor {
  return where(equal(weights, 0), 0, t);
}

function plus(a: Tensor | undefined, b: Tensor | undefined): Tensor | undefined {
  return a && b ? add(a, b) : (a ?? b);
}

/**
 * ½ Σ weights·(x - model)² of a dense model, differentiable in all three, to any order: one pass, that leaves the derivative by the model
 * behind. Elements of weight 0 are missing: what stands there is not read, and the derivative by their weight is 0.
 */
export function residualLoss(x: Tensor, model: Tensor, weights: Tensor | undefined, relative: boolean): Tensor {
  const given = weights ? [x, model, weights] : [x, model];
  const dtype: DType = given.every((t) => t.dtype === 'float32') ? 'float32' : 'float64';
  const derivative = given.some((t) => t.node !== undefined);
  return applyMulti(
    residualLossOp,
    given.map((t) => astype(t, dtype)),
    { relative, derivative },
  )[0];
}
