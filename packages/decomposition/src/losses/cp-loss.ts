import { add, applyMulti, astype, type DType, type MultiOp, mul, neg, sub, sum, type Tensor } from '@neuronseek/tensor';
import { checkCp } from '../cp/check-cp.js';
import type { CpTensor } from '../cp/cp-tensor.js';
import { float64Elements } from '../float64-elements.js';
import { outerSum } from '../multilinear/outer-sum.js';
import { checkData } from './check-data.js';
import { gradientAlong, withFactor } from './cp-gradient-along.js';
import { cpLossValue } from './cp-loss-value.js';
import { inverseSquares } from './inverse-squares.js';
import { type LossOptions, resolveLossOptions } from './loss-options.js';

interface Request {
  /** Modes whose factors are being differentiated: their gradients come with the value. */
  readonly modes: readonly number[];
  readonly relative: boolean;
}

// The gradients are outputs of their own, so that the backward pass finds them done, and can itself be differentiated: by the Hessian.
const cpLossOp: MultiOp<Request> = {
  name: 'cpLoss',
  overwrites: true,
  infer: ([x, ...factors], { modes }) => [
    { shape: [], dtype: x.dtype },
    ...modes.map((mode) => ({ shape: factors[mode].shape, dtype: x.dtype })),
  ],
  compute: ([value, ...gradients], [x, ...factors], request) => {
    const rank = factors[0].shape[1];
    const found = cpLossValue(float64Elements(x), factors.map(float64Elements), { shape: x.shape, rank, ...request });
    value.data[0] = found.value;
    gradients.forEach((gradient, k) => {
      gradient.data.set(found.gradients[k]);
    });
  },
  vjp: ([g, ...hs], [value, ...gradients], [x, ...factors], { modes, relative }, wanted) => {
    const directions = factors.map((_, mode) => hs[modes.indexOf(mode)]);
    const along = directions.some((direction) => direction !== undefined);
    const scale = relative ? inverseSquares(x) : undefined;
    const scaled = (t: Tensor): Tensor => (scale ? mul(t, scale) : t);
    const ofFactors = factors.map((_, mode) => {
      const k = modes.indexOf(mode);
      if (!wanted[mode + 1] || k < 0) return undefined;
      const first = g && mul(g, gradients[k]);
      return along ? plus(first, scaled(gradientAlong(x, factors, directions, mode))) : first;
    });
    return [wanted[0] ? ofData() : undefined, ...ofFactors];

    function ofData(): Tensor | undefined {
      const parts = [
        g && mul(g, sub(x, outerSum(factors))),
        ...directions.map((direction, mode) => direction && neg(outerSum(withFactor(factors, mode, direction)))),
      ];
      const total = parts.reduce(plus, undefined);
      if (!scale || !total) return total;
      // The scale depends on x too: d(1/‖x‖²) = -2·x/‖x‖⁴.
      const weight = [g && mul(g, value), ...hs.map((h, k) => h && sum(mul(h, gradients[k])))].reduce(plus, undefined);
      return weight ? mul(scale, sub(total, mul(mul(weight, 2), x))) : scaled(total);
    }
  },
};

function plus(a: Tensor | undefined, b: Tensor | undefined): Tensor | undefined {
  return a && b ? add(a, b) : (a ?? b);
}

/**
 * Least-squares loss of a CP tensor, as a term of a differentiable objective: ½‖x - Σ_r weights[r] · A₀[:, r] ∘ … ∘ A_{N-1}[:, r]‖².
 *
 * x [I₀, …, I_{N-1}] → a tensor of order 0; float64 unless everything is float32. Differentiable in weights, factors and x, to any order. Value
 * and gradients by all factors come from one dimension tree that reads x twice, the model is never formed: 4·R·size(x) flops, no more backward;
 * where the relative error is below about 0.5 % the squares cancel, and 2·R·size(x) more subtract every element, so that an error of 1e-8 is not lost. By x,
 * and for second derivatives (2·N·(N - 1)·R·size(x)), the passes are written in operations.
 * The numbers are not looked at: NaN in x gives NaN. (Acar, Dunlavy & Kolda 2011)
 *
 * @throws RangeError where shapes do not agree or x has no elements
 */
export function cpLoss(x: Tensor, cp: CpTensor, options: LossOptions = {}): Tensor {
  checkData('cpLoss', x);
  checkCp('cpLoss', cp, { shape: x.shape });
  const { relative } = resolveLossOptions('cpLoss', options);
  const [first, ...rest] = cp.factors;
  const given = [x, mul(first, cp.weights), ...rest];
  const dtype: DType = given.every((t) => t.dtype === 'float32') ? 'float32' : 'float64';
  const inputs = given.map((t) => astype(t, dtype));
  const modes = cp.factors.flatMap((_, mode) => (inputs[mode + 1].node === undefined ? [] : [mode]));
  return applyMulti(cpLossOp, inputs, { modes, relative })[0];
}
