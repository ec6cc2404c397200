import {
  add,
  applyMulti,
  astype,
  backwardVjp,
  flatten,
  type MultiOp,
  stopGradient,
  sum,
  type Tensor,
} from '@neuronseek/tensor';
import {
  type NormalizedSumSizes,
  normalizedSumBackward,
  normalizedSumForward,
} from '../kernels/normalized-sum/index.js';
import { normalizeTerms, type Statistics, statisticsOf } from './batch-statistics.js';

/** What {@link normalizedSum} returns. */
export interface NormalizedSum {
  /** [B, C] */
  readonly output: Tensor;
  /** Of the batch, [T, C]; constants to every derivative. */
  readonly statistics: Statistics;
}

/**
 * bias + Σ_t scale[t]·BatchNorm(terms[t]) over this batch, with the statistics it used: terms [T, B, C], scale [T, C], bias [C], B ≥ 1. One fused
 * pass forward and one backward instead of a dozen small operations each; second and higher derivatives run on
 * {@link normalizedSumComposed}. float32 is computed in float64 and rounded once.
 */
export function normalizedSum(terms: Tensor, scale: Tensor, bias: Tensor): NormalizedSum {
  const inputs = [terms, scale, bias].map((x) => astype(x, 'float64'));
  const narrow = [terms, scale, bias].every((x) => x.dtype === 'float32');
  const [output, mean, variance] = applyMulti(normalizedSumOp, inputs, undefined).map((x) =>
    narrow ? astype(x, 'float32') : x,
  );
  return { output, statistics: { mean, variance } };
}

/** The output of {@link normalizedSum} in basic operations: its definition and the oracle of its tests. */
export function normalizedSumComposed(terms: Tensor, scale: Tensor, bias: Tensor): Tensor {
  return add(sum(normalizeTerms(terms, statisticsOf(terms), scale), { axes: 0 }), bias);
}

const normalizedSumOp: MultiOp<undefined> = {
  name: 'normalizedSum',
  infer: ([terms, scale]) => [
    { shape: terms.shape.slice(1), dtype: 'float64' },
    { shape: scale.shape, dtype: 'float64' },
    { shape: scale.shape, dtype: 'float64' },
  ],
  compute: (outs, inputs) => {
    const [y, mean, variance] = outs.map(doubles);
    const [terms, scale, bias] = inputs.map(doubles);
    normalizedSumForward(sizesOf(inputs[0]), terms, scale, bias, y, mean, variance);
  },
  // The statistics of the forward pass are a cache, not an argument: no derivative is taken through them.
  vjp: ([g], [, mean, variance], inputs) =>
    g ? applyMulti(gradientOp, [g, ...inputs, stopGradient(mean), stopGradient(variance)], undefined) : [],
};

/** Inputs: the cotangent of the output, then terms, scale and bias, then mean and variance. Outputs: the cotangents of terms, scale and bias. */
const gradientOp: MultiOp<undefined> = {
  name: 'normalizedSumGradient',
  infer: ([, ...inputs]) => inputs.slice(0, 3).map(({ shape, dtype }) => ({ shape, dtype })),
  compute: (outs, inputs) => {
    const [gx, gScale, gBias] = outs.map(doubles);
    const [g, terms, scale, , mean, variance] = inputs.map(doubles);
    normalizedSumBackward(sizesOf(inputs[1]), g, terms, scale, mean, variance, gx, gScale, gBias);
  },
  vjp: (us, _outs, inputs) =>
    backwardVjp(([terms, scale, bias]) => normalizedSumComposed(terms, scale, bias), us, inputs.slice(0, 4)),
};

function sizesOf({ shape: [terms, batch, outputs] }: Tensor): NormalizedSumSizes {
  return { terms, batch, outputs };
}

function doubles(x: Tensor): Float64Array {
  const values = flatten(x);
  if (values instanceof Float64Array) return values;
  throw new TypeError(`normalizedSum: expected float64, got ${x.dtype}`);
}
