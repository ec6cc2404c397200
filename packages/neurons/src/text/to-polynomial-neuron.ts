import { type Tensor, tensor } from '@neuronseek/tensor';
import type { ExpressionNeuron } from '../expressions/expression-neuron.js';
import { checkExpressionNeuron } from '../expressions/expression-neuron.js';
import type { CpInteraction } from '../interaction.js';
import { type PolynomialNeuron, polynomialNeuron } from '../polynomial-neuron.js';
import { checkDepth } from './check-tree.js';
import { type FormulaProducts, formulaProducts } from './formula-products.js';

/**
 * The polynomial neuron that formulas are, where every number can be kept as it stands: sums of one number, of powers of features, of totals
 * c·Σ_d x_d^k, and of products of linear forms Σ_d u_d·x_d without constant.
 *
 * The first power of a feature of some order goes to the power stream, all other products to CP interactions of their orders, so a structure is
 * found again but for what value does not show: linear forms alone are powers of order 1, and zeros are gone. Throws a RangeError for any other formula,
 * among them those in which numbers would have to be multiplied or added, as by `scaling`; JSON is the way to keep a polynomial neuron as it is.
 * Cost: linear in the formulas and in the tensors.
 */
export function toPolynomialNeuron(neuron: ExpressionNeuron): PolynomialNeuron {
  const { inputs, outputs, features } = neuron;
  neuron.expressions.forEach((expression, c) => {
    checkDepth('toPolynomialNeuron', `expressions[${c}]`, expression);
  });
  const { expressions } = checkExpressionNeuron('toPolynomialNeuron', '', neuron);
  const found = expressions.map((expression, c) => formulaProducts(`expressions[${c}]`, expression, inputs));
  const powers = ordersOf(found.map((formula) => Array.from(formula.powers.keys())));
  const interactions = ordersOf(found.map(({ products }) => products.map((forms) => forms.length)));
  return polynomialNeuron({
    inputs,
    outputs,
    features,
    bias: tensor(
      Float64Array.from(found, ({ constant }) => constant),
      [outputs],
    ),
    power: powers.map((order) => ({ order, weights: powerWeights(found, order, inputs) })),
    interaction: interactions.map((order) => cpInteraction(found, order, inputs)),
  });
}

function ordersOf(orders: readonly (readonly number[])[]): number[] {
  return Array.from(new Set(orders.flat())).sort((a, b) => a - b);
}

function powerWeights(found: readonly FormulaProducts[], order: number, inputs: number): Tensor {
  const weights = new Float64Array(inputs * found.length);
  found.forEach(({ powers }, c) => {
    powers.get(order)?.forEach((weight, d) => {
      weights[d * found.length + c] = weight;
    });
  });
  return tensor(weights, [inputs, found.length]);
}

/** The products of one order; an output that has fewer than another is filled up with zeros. */
function cpInteraction(found: readonly FormulaProducts[], order: number, inputs: number): CpInteraction {
  const outputs = found.length;
  const products = found.map((formula) => formula.products.filter((forms) => forms.length === order));
  const rank = Math.max(...products.map(({ length }) => length));
  const factors = Array.from({ length: order }, (_, m) => {
    const elements = new Float64Array(inputs * rank * outputs);
    products.forEach((list, c) => {
      list.forEach((forms, r) => {
        forms[m].forEach((u, d) => {
          elements[(d * rank + r) * outputs + c] = u;
        });
      });
    });
    return tensor(elements, [inputs, rank, outputs]);
  });
  return { form: 'cp', order, rank, factors };
}
