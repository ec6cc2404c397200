import { normalizationEpsilon } from '@neuronseek/network';
import { type NeuronStructure, type PolynomialNeuron, polynomialNeuron, polynomialTerms } from '@neuronseek/neurons';
import { flatten, type Tensor, tensor } from '@neuronseek/tensor';
import type { GatedParams } from './gated-model.js';
import { moments } from './term-moments.js';

/** A search model whose normalisation was replaced by numbers. */
export interface Folded {
  readonly neuron: PolynomialNeuron;
  /** Variance of every term over the rows, summed over the outputs: what each contributes. */
  readonly variances: readonly number[];
}

/**
 * The polynomial neuron that the search model is once batch normalisation uses the mean and variance over all rows x: gate·(scale·x̂ + shift)
 * is linear in the term, so its slope goes into the weights (for CP, into the last factor) and its offset into the bias. Undefined when one
 * of its numbers overflows.
 */
export function toNeuron(
  structure: NeuronStructure,
  params: GatedParams,
  x: Tensor,
  gates: Tensor,
  features?: readonly string[],
): Folded | undefined {
  const options = { powers: structure.power, interactions: structure.interaction };
  const terms = polynomialTerms(x, params.power, params.factors, options).toTypedArray();
  const rows = x.shape[0];
  const inputs = x.shape[1];
  const outputs = params.bias.size;
  const count = structure.power.length + structure.interaction.length;
  const [scale, shift, gate] = [params.scale, params.shift, gates].map((t) => t.toTypedArray());
  const bias = Float64Array.from(params.bias.toTypedArray());
  const slopes = new Float64Array(count * outputs);
  const variances = new Array<number>(count).fill(0);
  for (let t = 0; t < count; t++) {
    for (let c = 0; c < outputs; c++) {
      const q = t * outputs + c;
      const { mean, variance } = moments(terms, t * rows * outputs + c, outputs, rows);
      slopes[q] = (gate[t] * scale[q]) / Math.sqrt(variance + normalizationEpsilon);
      bias[c] += gate[t] * shift[q] - slopes[q] * mean;
      variances[t] += slopes[q] * slopes[q] * variance;
    }
  }

  const powerWeights = params.power.toTypedArray();
  const power = structure.power.map((order, p) => {
    const weights = Float64Array.from(
      { length: inputs * outputs },
      (_, i) => powerWeights[p * inputs * outputs + i] * slopes[p * outputs + (i % outputs)],
    );
    return { order, weights: tensor(weights, [inputs, outputs]) };
  });
  const columns = params.factors.shape[1];
  const allFactors = params.factors.toTypedArray();
  let start = 0;
  const interaction = structure.interaction.map(({ order, rank }, q) => {
    const factors = Array.from({ length: order }, (_, m) => {
      const first = start + m * rank * outputs;
      const values = new Float64Array(inputs * rank * outputs);
      for (let d = 0; d < inputs; d++) {
        for (let i = 0; i < rank * outputs; i++) {
          const slope = m === order - 1 ? slopes[(structure.power.length + q) * outputs + (i % outputs)] : 1;
          values[d * rank * outputs + i] = allFactors[d * columns + first + i] * slope;
        }
      }
      return tensor(values, [inputs, rank, outputs]);
    });
    start += order * rank * outputs;
    return { form: 'cp' as const, order, rank, factors };
  });
  const parts = [...power.map(({ weights }) => weights), ...interaction.flatMap(({ factors }) => factors)];
  const finite = [bias, variances, ...parts.map(flatten)].every((numbers) => numbers.every(Number.isFinite));
  if (!finite) return undefined;
  const neuron = polynomialNeuron({ inputs, outputs, features, bias: tensor(bias, [outputs]), power, interaction });
  return { neuron, variances };
}
