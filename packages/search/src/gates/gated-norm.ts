import {
  add,
  applyMulti,
  expandDims,
  flatten,
  type MultiOp,
  mean,
  mul,
  onesLike,
  power,
  square,
  sub,
  sum,
  type Tensor,
  vjp,
  zeros,
} from '@neuronseek/tensor';
import { type GatedNormSizes, gatedNormBackward, gatedNormForward, normEpsilon } from '../kernels/gated-norm/index.js';

/**
 * Sum over the terms of gate·BatchNorm(term): y[b, c] = Σ_t gate[t]·(scale[t, c]·x̂[t, b, c] + shift[t, c]), x̂ normalised over this batch.
 *
 * Shapes: terms [T, B, C], scale and shift [T, C], gate [T], result [B, C]. One fused pass forward and one backward; second and higher
 * derivatives run on {@link gatedNormComposed}. float64 only.
 */
export function gatedNorm(terms: Tensor, scale: Tensor, shift: Tensor, gate: Tensor): Tensor {
  return applyMulti(gatedNormOp, [terms, scale, shift, gate], undefined)[0];
}

/** What {@link gatedNorm} computes, in basic operations: its definition and the oracle of its tests. */
export function gatedNormComposed(terms: Tensor, scale: Tensor, shift: Tensor, gate: Tensor): Tensor {
  const deviation = sub(terms, mean(terms, { axes: 1, keepDims: true }));
  const variance = mean(square(deviation), { axes: 1, keepDims: true });
  const normalized = mul(deviation, power(add(variance, normEpsilon), -0.5));
  const scaled = add(mul(normalized, expandDims(scale, 1)), expandDims(shift, 1));
  return sum(mul(scaled, expandDims(gate, [1, 2])), { axes: 0 });
}

/** Outputs: y, and mean and inverse deviation of every term for the backward pass, which nobody else sees. */
export const gatedNormOp: MultiOp<undefined> = {
  name: 'gatedNorm',
  infer: ([terms, scale]) => [
    { shape: terms.shape.slice(1), dtype: 'float64' },
    { shape: scale.shape, dtype: 'float64' },
    { shape: scale.shape, dtype: 'float64' },
  ],
  compute: ([y, center, inverse], [terms, scale, shift, gate]) => {
    gatedNormForward(
      sizesOf(terms),
      doubles(terms),
      doubles(scale),
      doubles(shift),
      doubles(gate),
      doubles(y),
      doubles(center),
      doubles(inverse),
    );
  },
  vjp: ([g], [, center, inverse], inputs) =>
    g ? applyMulti(gatedNormGradientOp, [g, ...inputs], { mean: doubles(center), inverse: doubles(inverse) }) : [],
};

/** Statistics of the forward pass: a cache, not an argument, so no derivative is taken through them. */
interface Saved {
  readonly mean: Float64Array;
  readonly inverse: Float64Array;
}

/** Inputs: the cotangent of y, then the inputs of gatedNorm. Outputs: their cotangents. */
export const gatedNormGradientOp: MultiOp<Saved> = {
  name: 'gatedNormGradient',
  infer: ([, ...inputs]) => inputs.map(({ shape }) => ({ shape, dtype: 'float64' })),
  compute: (outs, [g, terms, scale, shift, gate], saved) => {
    const [gx, gScale, gShift, gGate] = outs.map(doubles);
    const { mean: center, inverse } = saved;
    gatedNormBackward(
      sizesOf(terms),
      doubles(g),
      doubles(terms),
      doubles(scale),
      doubles(shift),
      doubles(gate),
      center,
      inverse,
      gx,
      gScale,
      gShift,
      gGate,
    );
  },
  // The derivative of Σᵢ ⟨uᵢ, gradientᵢ⟩ with the gradient taken of the composed definition: exact to any order, not fast.
  vjp: (us, _outs, inputs) => {
    const pairing = ([g, ...rest]: readonly Tensor[]): Tensor => {
      const composed = ([terms, scale, shift, gate]: readonly Tensor[]): Tensor =>
        gatedNormComposed(terms, scale, shift, gate);
      const gradients = vjp(composed, rest).pullback(g);
      return gradients.reduce((total, gradient, i) => {
        const u = us[i];
        return u ? add(total, sum(mul(u, gradient))) : total;
      }, zeros([]));
    };
    const { value, pullback } = vjp(pairing, inputs);
    return pullback(onesLike(value));
  },
};

function sizesOf(terms: Tensor): GatedNormSizes {
  const [count, batch, outputs] = terms.shape;
  return { terms: count, batch, outputs };
}

function doubles(x: Tensor): Float64Array {
  const values = flatten(x);
  if (values instanceof Float64Array) return values;
  throw new TypeError(`gatedNorm: expected float64, got ${x.dtype}`);
}
