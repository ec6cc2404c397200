import { add, concat, reshape, showShape, stack, sum, type Tensor, zeros } from '@neuronseek/tensor';
import { polynomialTerms } from './ops/polynomial-terms.js';
import type { Interaction, PolynomialNeuron } from './polynomial-neuron.js';

/**
 * The neuron's outputs for a batch of inputs: x [B, D] gives [B, C].
 *
 * Differentiable to any order with respect to x and to every tensor of the neuron, as in
 * `grad((n: PolynomialNeuron) => mean(square(sub(evaluate(n, x), y))))(neuron)`. Throws a RangeError when x does not fit; NaN and
 * Infinity pass through. Cost: 2·B·D·C·(P + Σ order·rank) flops in one fused operation.
 */
export function evaluate(neuron: PolynomialNeuron, x: Tensor): Tensor {
  const { inputs, outputs, bias, power, interaction } = neuron;
  if (x.order !== 2 || x.shape[1] !== inputs) {
    throw new RangeError(`evaluate: x must have shape [B, ${inputs}]: got ${showShape(x.shape)}`);
  }
  const { dtype } = bias;
  const weights = power.length > 0 ? stack(power.map((term) => term.weights)) : zeros([0, inputs, outputs], { dtype });
  const columns = interaction.flatMap((part) => factorColumns(part, inputs, outputs));
  const factors = columns.length > 0 ? concat(columns, { axis: 1 }) : zeros([inputs, 0], { dtype });
  const terms = polynomialTerms(x, weights, factors, {
    powers: power.map((term) => term.order),
    interactions: interaction.map(({ order, rank }) => ({ order, rank })),
  });
  return add(sum(terms, { axes: 0 }), bias);
}

/** The factors of one interaction as D × (R·C) matrices, in the sequence that `polynomialTerms` expects. */
function factorColumns(part: Interaction, inputs: number, outputs: number): Tensor[] {
  switch (part.form) {
    case 'cp':
      return part.factors.map((factor) => reshape(factor, [inputs, part.rank * outputs]));
  }
}
