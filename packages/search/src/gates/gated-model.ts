import { normalizedSum } from '@neuronseek/network';
import { factorColumns, type NeuronStructure, polynomialTerms } from '@neuronseek/neurons';
import { add, expandDims, full, mul, ones, sub, sum, type Tensor, tensor, zeros } from '@neuronseek/tensor';
import { type Key, normal, split } from '@neuronseek/tensor/random';
import { initialLogAlpha } from './hard-concrete.js';
import type { TermMoments } from './term-moments.js';

/** Everything the search model learns. T terms, D inputs, C outputs; the terms of the power stream come first. */
export interface GatedParams {
  /** [P, D, C] */
  readonly power: Tensor;
  /** [D, W]: all CP factors side by side, in the layout of polynomialTerms. */
  readonly factors: Tensor;
  /** [T, C] */
  readonly scale: Tensor;
  /** [T, C] */
  readonly shift: Tensor;
  /** [C] */
  readonly bias: Tensor;
  /** [T] */
  readonly logAlpha: Tensor;
}

/** Deviation of the initial weights; batch normalisation takes the scale out again. */
const initialDeviation = 0.05;

/** Fresh parameters: weights and factors ~ N(0, 0.05²), scale 1, shift and bias 0, every gate 0.9 open. */
export function initGatedParams(structure: NeuronStructure, inputs: number, outputs: number, key: Key): GatedParams {
  const { power, interaction } = structure;
  const [powerKey, factorKey] = split(key, 2);
  const columns = factorColumns(interaction, outputs);
  const terms = power.length + interaction.length;
  const draw = (from: Key, size: number): Float64Array => normal(from, size, { standardDeviation: initialDeviation });
  return {
    power: tensor(draw(powerKey, power.length * inputs * outputs), [power.length, inputs, outputs]),
    factors: tensor(draw(factorKey, inputs * columns), [inputs, columns]),
    scale: ones([terms, outputs]),
    shift: zeros([terms, outputs]),
    bias: zeros([outputs]),
    logAlpha: full([terms], initialLogAlpha),
  };
}

/**
 * Output [B, C] of the search model on a batch x [B, D] with the gates z [T] given:
 * bias + Σ_t z_t·(scale_t·x̂_t + shift_t), x̂_t being term t normalised over this batch, or by the moments given.
 */
export function runGatedModel(
  structure: NeuronStructure,
  params: GatedParams,
  x: Tensor,
  gates: Tensor,
  given?: TermMoments,
): Tensor {
  const options = { powers: structure.power, interactions: structure.interaction };
  const terms = polynomialTerms(x, params.power, params.factors, options);
  const weights = expandDims(gates, 1);
  const bias = add(params.bias, sum(mul(params.shift, weights), { axes: 0 }));
  const scale = mul(params.scale, weights);
  if (given === undefined) return normalizedSum(terms, scale, bias).output;
  const slopes = mul(scale, given.inverse);
  const offset = sub(bias, sum(mul(slopes, given.mean), { axes: 0 }));
  return add(sum(mul(terms, expandDims(slopes, 1)), { axes: 0 }), offset);
}
