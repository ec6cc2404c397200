import {
  applyMulti,
  astype,
  backwardVjp,
  concat,
  type MultiOp,
  reshape,
  type Spec,
  stopGradient,
  type Tensor,
  transpose,
  zeros,
} from '@neuronseek/tensor';
import type { SymmetricInteraction, TtInteraction, TuckerInteraction } from '../interaction.js';
import {
  type InteractionTermSizes,
  interactionTermBackward,
  interactionTermForward,
  termColumns,
} from '../kernels/interaction-term/index.js';
import { buffer, commonType, doubles, spread } from './fused-op.js';
import { interactionTermComposed } from './interaction-term-composed.js';

/**
 * The value of one interaction in symmetric CP, Tucker or TT form for a batch: x [B, D] gives [B, C].
 *
 * Differentiable to any order in x and in every tensor of the interaction: the first derivative is one fused pass like the value, higher ones run on
 * {@link interactionTermComposed}. float32 is computed in float64 and rounded once. The shapes are those of a checked neuron. Cost: 2·B·D·W flops, W
 * the linear forms, and what the form takes to combine them, Π R_m for Tucker; the derivative two to three times that.
 */
export function interactionTerm(
  x: Tensor,
  interaction: SymmetricInteraction | TuckerInteraction | TtInteraction,
): Tensor {
  const [batch, inputs] = x.shape;
  const { forms, core, sizes } = arranged(interaction, batch, inputs);
  const dtype = commonType([x, forms, ...(core ? [core] : [])]);
  const parts = [x, forms, core ?? zeros([0], { dtype })].map((t) => astype(t, dtype));
  return applyMulti(interactionTermOp, parts, sizes)[0];
}

/** Outputs: the term, and z = x·f for the backward pass, which nobody else sees. Inputs: x, f, core. */
export const interactionTermOp: MultiOp<InteractionTermSizes> = {
  name: 'interactionTerm',
  infer: ([x], sizes) => [
    { shape: [sizes.batch, sizes.outputs], dtype: x.dtype },
    { shape: [sizes.batch, termColumns(sizes)], dtype: 'float64' },
  ],
  compute: ([term, z], [x, f, core], sizes) => {
    const out = buffer(term);
    interactionTermForward(sizes, doubles(x), doubles(f), doubles(core), out, doubles(z));
    if (out !== term.data) term.data.set(out);
  },
  vjp: ([g], [, z], inputs, sizes, wanted) => {
    if (!g) return [];
    // x·f as the forward pass left it is a cache, not an argument: no derivative is taken through it.
    const saved = [g, ...inputs, stopGradient(z)];
    return spread(applyMulti(interactionTermGradientOp, saved, { sizes, wanted }), wanted);
  },
};

interface GradientParams {
  readonly sizes: InteractionTermSizes;
  /** Which of x, f, core. */
  readonly wanted: readonly boolean[];
}

/** Inputs: the cotangent of the term, x, f, core, x·f. Outputs: the cotangents of the wanted among x, f and core. */
export const interactionTermGradientOp: MultiOp<GradientParams> = {
  name: 'interactionTermGradient',
  infer: ([, ...inputs], { wanted }) =>
    inputs
      .slice(0, 3)
      .filter((_, i) => wanted[i])
      .map(({ shape, dtype }): Spec => ({ shape, dtype })),
  compute: (outs, [g, x, f, core, z], { sizes, wanted }) => {
    const buffers = outs.map(buffer);
    const [gx, gf, gCore] = spread(buffers, wanted);
    interactionTermBackward(sizes, doubles(g), doubles(x), doubles(f), doubles(core), doubles(z), gx, gf, gCore);
    buffers.forEach((data, i) => {
      if (data !== outs[i].data) outs[i].data.set(data);
    });
  },
  vjp: (us, _outs, inputs, { sizes, wanted }) =>
    backwardVjp(([x, f, core]) => interactionTermComposed(x, f, core, sizes), spread(us, wanted), inputs.slice(0, 4)),
};

/** The tensors of an interaction as the kernel takes them: the forms side by side as [D, W], and the core if there is one. */
export function arranged(
  part: SymmetricInteraction | TuckerInteraction | TtInteraction,
  batch: number,
  inputs: number,
): { readonly forms: Tensor; readonly core: Tensor | undefined; readonly sizes: InteractionTermSizes } {
  const { form, order } = part;
  const flat = (t: Tensor): Tensor => reshape(t, [inputs, t.size / inputs]);
  switch (form) {
    case 'symmetric': {
      const sizes = { form, batch, inputs, outputs: part.factor.shape[2], order, ranks: [part.rank] };
      return { forms: flat(part.factor), core: part.weights, sizes };
    }
    case 'tucker': {
      const sizes = { form, batch, inputs, outputs: part.core.shape[order], order, ranks: part.ranks };
      return { forms: concat(part.factors.map(flat), { axis: 1 }), core: part.core, sizes };
    }
    case 'tt': {
      const sizes = { form, batch, inputs, outputs: part.cores[0].shape[3], order, ranks: part.ranks };
      const forms = part.cores.map((core) => flat(transpose(core, [1, 0, 2, 3])));
      return { forms: concat(forms, { axis: 1 }), core: undefined, sizes };
    }
  }
}
