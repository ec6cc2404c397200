import {
  add,
  astype,
  expandDims,
  mean,
  mul,
  power,
  square,
  squeeze,
  stopGradient,
  sub,
  type Tensor,
} from '@neuronseek/tensor';
import { normalizationEpsilon } from '../kernels/normalized-sum/index.js';

/** Mean and variance of every term and output over a batch, both [T, outputs]. */
export type Statistics = { readonly mean: Tensor; readonly variance: Tensor };

/** Weight of a new batch in the running mean and variance. */
const momentum = 0.1;

/** Statistics of terms [T, B, outputs] over the batch; the variance is that of the B rows (divisor B). */
export function statisticsOf(terms: Tensor): Statistics {
  const center = mean(terms, { axes: 1, keepDims: true });
  return { mean: squeeze(center, 1), variance: mean(square(sub(terms, center)), { axes: 1 }) };
}

/**
 * scale·(terms − mean)/√(variance + ε) of terms [T, B, outputs] (Ioffe, Szegedy, ICML 2015); the shift of ordinary batch normalisation is
 * left to the one bias of the neuron.
 */
export function normalizeTerms(terms: Tensor, { mean: center, variance }: Statistics, scale: Tensor): Tensor {
  const factor = mul(scale, power(add(variance, normalizationEpsilon), -0.5));
  return mul(sub(terms, expandDims(center, 1)), expandDims(factor, 1));
}

/** Running statistics after a batch: 0.9 of the old ones and 0.1 of the batch's, which no derivative passes through. */
export function follow(running: Statistics, batch: Statistics): Statistics {
  return { mean: blend(running.mean, batch.mean), variance: blend(running.variance, batch.variance) };
}

function blend(old: Tensor, fresh: Tensor): Tensor {
  return stopGradient(add(mul(old, 1 - momentum), mul(astype(fresh, old.dtype), momentum)));
}
