import { type Tensor, zeros } from '@neuronseek/tensor';
import { checkNeuron } from './check-neuron.js';
import type { Interaction } from './interaction.js';
import type { Scaling } from './scaling.js';

/**
 * A polynomial neuron as plain data: for each output c
 *
 *     y_c = bias_c + Σ_power Σ_d weights[d, c]·x_d^order + Σ_interaction ⟨coefficient tensor, x ⊗ … ⊗ x⟩
 *
 * The coefficient tensor of an interaction is stored in one of four forms, see {@link Interaction}. With `scaling`, x stands for the
 * standardised inputs, and y_c is put back into the units of the target.
 *
 * It is a tree of tensors, so `grad` and `treeMap` of @neuronseek/tensor take it as it stands.
 */
export interface PolynomialNeuron {
  readonly kind: 'polynomial';
  /** D: length of x. */
  readonly inputs: number;
  /** C: number of outputs, each with numbers of its own. */
  readonly outputs: number;
  /** Names of the inputs, distinct. */
  readonly features: readonly string[];
  /** Shape [C]. */
  readonly bias: Tensor;
  readonly power: readonly PowerTerm[];
  readonly interaction: readonly Interaction[];
  /** How inputs and outputs in their own units are standardised; absent where they are taken as they come. See `withScaling`. */
  readonly scaling?: Scaling;
}

/** Σ_d weights[d, c]·x_d^order; orders of one neuron are distinct. */
export interface PowerTerm {
  readonly order: number;
  /** Shape [D, C]. */
  readonly weights: Tensor;
}

/** What {@link polynomialNeuron} takes. */
export interface PolynomialNeuronOptions {
  readonly inputs: number;
  /** Default: 1. */
  readonly outputs?: number;
  /** Default: x1 … xD. */
  readonly features?: readonly string[];
  /** Shape [outputs]. Default: zeros. */
  readonly bias?: Tensor;
  /** Default: none. */
  readonly power?: readonly PowerTerm[];
  /** Interactions in any of their forms, which may be mixed. Default: none. */
  readonly interaction?: readonly Interaction[];
  /** Default: none, inputs and outputs are taken as they come. */
  readonly scaling?: Scaling;
}

/**
 * Makes a polynomial neuron and fills in what was left out.
 *
 * Throws a RangeError for sizes, orders, ranks, shapes or names that do not fit and for numbers that are not finite, a TypeError
 * for what is no tensor, not floating, or of two dtypes; the message names the place, as in `power[0].weights`. Cost: one
 * look at every number.
 */
export function polynomialNeuron(options: PolynomialNeuronOptions): PolynomialNeuron {
  const { inputs, outputs = 1, power = [], interaction = [], scaling } = options;
  // Sizes come first in the check, so that a default is never made from a size that is none.
  const dtype = (power[0]?.weights ?? firstTensor(interaction[0]))?.dtype;
  const size = (n: number): number => (Number.isInteger(n) && n > 0 ? n : 0);
  return checkNeuron('polynomialNeuron', '', {
    kind: 'polynomial',
    inputs,
    outputs,
    features: options.features ?? Array.from({ length: size(inputs) }, (_, d) => `x${d + 1}`),
    bias: options.bias ?? zeros([size(outputs)], { dtype }),
    power,
    interaction,
    ...(scaling === undefined ? {} : { scaling }),
  });
}

/** A tensor of the interaction, by which the dtype of a default bias is chosen; what is malformed is refused by the check. */
function firstTensor(part: Interaction | undefined): Tensor | undefined {
  if (part === undefined) return undefined;
  switch (part.form) {
    case 'cp':
    case 'tucker':
      return part.factors?.[0];
    case 'symmetric':
      return part.factor;
    case 'tt':
      return part.cores?.[0];
  }
}
