import {
  add,
  astype,
  concat,
  div,
  mul,
  reshape,
  showShape,
  stack,
  sub,
  sum,
  type Tensor,
  tensor,
  zeros,
} from '@neuronseek/tensor';
import type { CpInteraction } from './interaction.js';
import { interactionTerm } from './ops/interaction-term.js';
import { polynomialTerms } from './ops/polynomial-terms.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';
import type { Scaling } from './scaling.js';

/**
 * The outputs of a polynomial neuron for a batch of inputs: x [B, D] gives [B, C]. The power stream and all CP interactions are one fused operation, every
 * interaction in another form one more.
 *
 * Differentiable to any order with respect to x and to every tensor of the neuron. Throws a RangeError when x does not fit; NaN and Infinity pass
 * through. With `scaling`, inputs are standardised in float64 and rounded once.
 */
export function evaluatePolynomial(neuron: PolynomialNeuron, x: Tensor): Tensor {
  const { inputs, outputs, bias, power, interaction, scaling } = neuron;
  if (x.order !== 2 || x.shape[1] !== inputs) {
    throw new RangeError(`evaluate: x must have shape [B, ${inputs}]: got ${showShape(x.shape)}`);
  }
  const { dtype } = bias;
  const z = scaling ? standardised(x, scaling) : x;
  const cp = interaction.filter((part) => part.form === 'cp');
  const weights = power.length > 0 ? stack(power.map((term) => term.weights)) : zeros([0, inputs, outputs], { dtype });
  const columns = cp.flatMap((part) => factorMatrices(part, inputs, outputs));
  const factors = columns.length > 0 ? concat(columns, { axis: 1 }) : zeros([inputs, 0], { dtype });
  const terms = polynomialTerms(z, weights, factors, {
    powers: power.map((term) => term.order),
    interactions: cp.map(({ order, rank }) => ({ order, rank })),
  });
  let y = add(sum(terms, { axes: 0 }), bias);
  for (const part of interaction) if (part.form !== 'cp') y = add(y, interactionTerm(z, part));
  return scaling ? inUnits(y, scaling) : y;
}

/** The factors of one interaction as D × (R·C) matrices, in the sequence that `polynomialTerms` expects. */
function factorMatrices(part: CpInteraction, inputs: number, outputs: number): Tensor[] {
  return part.factors.map((factor) => reshape(factor, [inputs, part.rank * outputs]));
}

function standardised(x: Tensor, { means, deviations }: Scaling): Tensor {
  return astype(div(sub(x, tensor(means)), tensor(deviations)), x.dtype === 'float32' ? 'float32' : 'float64');
}

function inUnits(y: Tensor, { targetMeans, targetDeviations }: Scaling): Tensor {
  return astype(add(mul(y, tensor(targetDeviations)), tensor(targetMeans)), y.dtype);
}
