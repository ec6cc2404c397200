import {
  applyMulti,
  astype,
  backwardVjp,
  type MultiOp,
  type Spec,
  showShape,
  stopGradient,
  type Tensor,
} from '@neuronseek/tensor';
import {
  factorColumns,
  type InteractionSize,
  polynomialTermsBackward,
  polynomialTermsForward,
  type TermSizes,
} from '../kernels/polynomial-terms/index.js';
import { buffer, commonType, doubles, spread } from './fused-op.js';
import { polynomialTermsComposed } from './polynomial-terms-composed.js';

/** Which terms {@link polynomialTerms} computes. */
export interface TermOptions {
  /** Orders of the power stream: distinct integers ≥ 1, in any sequence. */
  readonly powers: readonly number[];
  /** Orders and CP ranks of the interaction stream: integers ≥ 1; an order may occur more than once. */
  readonly interactions: readonly InteractionSize[];
}

/**
 * Terms of the two streams of a polynomial neuron, power terms first:
 *
 *     [p, b, c]     = Σ_d power[p, d, c] · x[b, d]^powers[p]
 *     [P + q, b, c] = Σ_r Π_m (x·factors)[b, base_q + (m·rank_q + r)·C + c],  m < order_q,  base_q = Σ_{i<q} order_i·rank_i·C
 *
 * Shapes: x [B, D], power [P, D, C], factors [D, Σ order·rank·C], result [P + Q, B, C]. Differentiable to any order in all
 * three: the first derivative is one fused pass like the value, higher ones run on {@link polynomialTermsComposed}.
 * float32 is computed in float64 and rounded once. Finiteness is not checked. Throws a RangeError for shapes and orders
 * that do not fit. Cost: 2·B·D·(W + P·C) flops, W columns; the derivative two to three times that.
 *
 * The model: CP neurons of NeuronSeek (Pei et al. 2025, arXiv:2506.15715).
 */
export function polynomialTerms(x: Tensor, power: Tensor, factors: Tensor, options: TermOptions): Tensor {
  const sizes = checkSizes(x, power, factors, options);
  const dtype = commonType([x, power, factors]);
  const inputs = [x, power, factors].map((t) => astype(t, dtype));
  return applyMulti(polynomialTermsOp, inputs, sizes)[0];
}

/** Outputs: the terms, and z = x·factors for the backward pass, which nobody else sees. */
export const polynomialTermsOp: MultiOp<TermSizes> = {
  name: 'polynomialTerms',
  infer: ([x], sizes) => {
    const { batch, outputs, powers, interactions } = sizes;
    return [
      { shape: [powers.length + interactions.length, batch, outputs], dtype: x.dtype },
      { shape: [batch, factorColumns(interactions, outputs)], dtype: 'float64' },
    ];
  },
  compute: ([terms, z], [x, power, factors], sizes) => {
    const out = buffer(terms);
    polynomialTermsForward(sizes, doubles(x), doubles(power), doubles(factors), out, doubles(z));
    if (out !== terms.data) terms.data.set(out);
  },
  vjp: ([g], [, z], inputs, sizes, wanted) => {
    if (!g) return [];
    // x·factors as the forward pass left it is a cache, not an argument: no derivative is taken through it.
    const saved = [g, ...inputs, stopGradient(z)];
    return spread(applyMulti(polynomialTermsGradientOp, saved, { sizes, wanted }), wanted);
  },
};

interface GradientParams {
  readonly sizes: TermSizes;
  /** Which of x, power, factors. */
  readonly wanted: readonly boolean[];
}

/** Inputs: the cotangent of the terms, x, power, factors, x·factors. Outputs: the cotangents of the wanted among x, power and factors. */
export const polynomialTermsGradientOp: MultiOp<GradientParams> = {
  name: 'polynomialTermsGradient',
  infer: ([, ...inputs], { wanted }) =>
    inputs
      .slice(0, 3)
      .filter((_, i) => wanted[i])
      .map(({ shape, dtype }): Spec => ({ shape, dtype })),
  compute: (outs, [g, x, power, factors, z], { sizes, wanted }) => {
    const buffers = outs.map(buffer);
    const [gx, gw, gf] = spread(buffers, wanted);
    polynomialTermsBackward(sizes, doubles(g), doubles(x), doubles(power), doubles(factors), doubles(z), gx, gw, gf);
    buffers.forEach((data, i) => {
      if (data !== outs[i].data) outs[i].data.set(data);
    });
  },
  vjp: (us, _outs, inputs, { sizes, wanted }) =>
    backwardVjp(
      ([x, power, factors]) => polynomialTermsComposed(x, power, factors, sizes),
      spread(us, wanted),
      inputs.slice(0, 4),
    ),
};

function checkSizes(x: Tensor, power: Tensor, factors: Tensor, { powers, interactions }: TermOptions): TermSizes {
  const name = 'polynomialTerms';
  if (x.order !== 2 || x.shape[1] < 1) {
    throw new RangeError(`${name}: x must have shape [B, D] with D ≥ 1, got ${showShape(x.shape)}`);
  }
  const [batch, inputs] = x.shape;
  powers.forEach((k, p) => {
    if (!Number.isInteger(k) || k < 1) throw new RangeError(`${name}: powers[${p}] must be an integer ≥ 1, got ${k}`);
    if (powers.indexOf(k) !== p) throw new RangeError(`${name}: powers must be distinct, ${k} occurs twice`);
  });
  interactions.forEach((interaction, q) => {
    for (const field of ['order', 'rank'] as const) {
      const value = interaction[field];
      if (!Number.isInteger(value) || value < 1) {
        throw new RangeError(`${name}: interactions[${q}].${field} must be an integer ≥ 1, got ${value}`);
      }
    }
  });
  const [count, rows, outputs] = power.shape;
  if (power.order !== 3 || count !== powers.length || rows !== inputs || outputs < 1) {
    throw new RangeError(
      `${name}: power must have shape [${powers.length}, ${inputs}, C] with C ≥ 1, got ${showShape(power.shape)}`,
    );
  }
  const columns = factorColumns(interactions, outputs);
  if (factors.order !== 2 || factors.shape[0] !== inputs || factors.shape[1] !== columns) {
    throw new RangeError(`${name}: factors must have shape [${inputs}, ${columns}], got ${showShape(factors.shape)}`);
  }
  return { batch, inputs, outputs, powers, interactions };
}
