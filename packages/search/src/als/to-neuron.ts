import { type Interaction, type NeuronStructure, type PolynomialNeuron, polynomialNeuron } from '@neuronseek/neurons';
import { tensor } from '@neuronseek/tensor';
import type { Shape } from './criterion.js';
import { type Parameters, plainPowers } from './model.js';
import { integerPower, type Problem } from './problem.js';

/** Units of the target of an output: value = mean + deviation·fitted. */
export interface Units {
  readonly mean: number;
  readonly deviation: number;
}

/** The structure with the ranks of its interactions: how often each order occurs. */
export function structureOf({ powers, orders }: Shape): NeuronStructure {
  return {
    power: [...powers],
    interaction: [...new Set(orders)].map((order) => ({ order, rank: orders.filter((o) => o === order).length })),
  };
}

/** How the columns of a problem are called in the data. */
export interface Naming {
  /** Columns of the data. */
  readonly inputs: number;
  /** Which of them the columns of the problem are. */
  readonly columns: readonly number[];
  readonly features: readonly string[] | undefined;
}

/**
 * Fitted parameters as a neuron in the units of the data. An output without parameters, the first of two classes, is zero.
 */
export function toNeuron(
  problem: Problem,
  shape: Shape,
  outputs: readonly (Parameters | undefined)[],
  units: readonly Units[],
  { inputs, columns, features }: Naming,
): PolynomialNeuron {
  const { scales } = problem;
  const count = outputs.length;
  const bias = new Float64Array(count);
  const weights = shape.powers.map(() => new Float64Array(inputs * count));
  const { interaction } = structureOf(shape);
  const factors = interaction.map(({ order, rank }) =>
    Array.from({ length: order }, () => new Float64Array(inputs * rank * count)),
  );
  outputs.forEach((output, c) => {
    if (output === undefined) return;
    const { mean, deviation } = units[c];
    const { coefficients, constant } = plainPowers(problem, output.powers, output.weights);
    bias[c] = mean + deviation * (output.bias - constant);
    shape.powers.forEach((order, p) => {
      columns.forEach((column, d) => {
        weights[p][column * count + c] =
          (deviation * coefficients[p * columns.length + d]) / integerPower(scales[d], order);
      });
    });
    interaction.forEach(({ order, rank }, q) => {
      const atoms = output.atoms.filter((atom) => atom.order === order);
      atoms.forEach(({ forms }, r) => {
        for (let m = 0; m < order; m++) {
          const unit = m === 0 ? deviation : 1;
          columns.forEach((column, d) => {
            factors[q][m][(column * rank + r) * count + c] = (unit * forms[m * columns.length + d]) / scales[d];
          });
        }
      });
    });
  });
  return polynomialNeuron({
    inputs,
    outputs: count,
    features,
    bias: tensor(bias, [count]),
    power: shape.powers.map((order, p) => ({ order, weights: tensor(weights[p], [inputs, count]) })),
    interaction: interaction.map(
      ({ order, rank }, q): Interaction => ({
        form: 'cp',
        order,
        rank,
        factors: factors[q].map((numbers) => tensor(numbers, [inputs, rank, count])),
      }),
    ),
  });
}
