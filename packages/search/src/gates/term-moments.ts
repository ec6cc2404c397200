import { normalizationEpsilon } from '@neuronseek/network';
import { type NeuronStructure, polynomialTerms } from '@neuronseek/neurons';
import { add, div, mul, slice, sub, type Tensor, tensor } from '@neuronseek/tensor';
import type { GatedParams } from './gated-model.js';

/** What terms are normalised by when it is not the batch: [T, C] each. */
export interface TermMoments {
  readonly mean: Tensor;
  /** 1/√(variance + ε), ε that of batch normalisation. */
  readonly inverse: Tensor;
}

/** Rows that are worked on at a time: a table of a million has not to be laid out as terms whole. */
export const blockOfRows = 4096;

/** Mean and variance of every term over all rows, joined block by block (Chan, Golub, LeVeque 1979). */
export function termMoments(structure: NeuronStructure, params: GatedParams, x: Tensor): TermMoments {
  const options = { powers: structure.power, interactions: structure.interaction };
  const rows = x.shape[0];
  const shape = params.scale.shape;
  const [count, outputs] = shape;
  const means = new Float64Array(count * outputs);
  const squares = new Float64Array(count * outputs);
  for (let from = 0; from < rows; from += blockOfRows) {
    const block = slice(x, [{ start: from, stop: from + blockOfRows }]);
    const size = block.shape[0];
    const terms = polynomialTerms(block, params.power, params.factors, options).toTypedArray();
    for (let t = 0; t < count; t++) {
      for (let c = 0; c < outputs; c++) {
        const { mean, variance } = moments(terms, t * size * outputs + c, outputs, size);
        const q = t * outputs + c;
        const difference = mean - means[q];
        means[q] += (difference * size) / (from + size);
        squares[q] += variance * size + (difference * difference * from * size) / (from + size);
      }
    }
  }
  return {
    mean: tensor(means, shape),
    inverse: tensor(
      squares.map((s) => 1 / Math.sqrt(s / rows + normalizationEpsilon)),
      shape,
    ),
  };
}

/** The parameters that mean with other moments what these mean with theirs. */
export function restated(params: GatedParams, from: TermMoments, to: TermMoments): GatedParams {
  const slopes = mul(params.scale, from.inverse);
  return {
    ...params,
    scale: div(slopes, to.inverse),
    shift: add(params.shift, mul(slopes, sub(to.mean, from.mean))),
  };
}

/** Mean and variance of n values from `start` on, `stride` apart. */
export function moments(
  values: ArrayLike<number>,
  start: number,
  stride: number,
  n: number,
): { mean: number; variance: number } {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[start + i * stride];
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const deviation = values[start + i * stride] - mean;
    squares += deviation * deviation;
  }
  return { mean, variance: squares / n };
}
