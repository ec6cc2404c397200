import { flatten, showShape, type Tensor } from '@neuronseek/tensor';
import { type FloatArray, norm2 } from '@neuronseek/tensor/kernels';
import { checkFinite } from '../checks/check-finite.js';
import { checkRank } from '../checks/check-rank.js';
import { checkTensor } from '../checks/check-tensor.js';
import type { FitReport } from '../fit/fit.js';
import { cpResidual } from '../kernels/cp-residual/index.js';
import { type CpAlsDegeneracy, divergence, isDiverging } from './als/divergence.js';
import { finishedModel } from './als/finished-model.js';
import { startModel } from './als/model.js';
import { startingPoint } from './als/starting-point.js';
import { cpNumbers } from './cp-numbers.js';
import type { CpTensor } from './cp-tensor.js';
import { type CpRandomizedOptions, resolveOptions } from './randomized/options.js';
import { type RandomizedData, run } from './randomized/run.js';

/** What `cpRandomized` returns: a CP tensor and how it came about. */
export interface CpRandomizedResult extends CpTensor, FitReport {
  /** ‖x - model‖ / ‖x‖ over all elements, computed once, at the end; ‖model‖ where x is zero. */
  readonly relativeError: number;
  /** Errors estimated on a fixed set of elements, one an epoch; the model returned is that of the least one. */
  readonly trace: readonly number[];
  /** Rows drawn for each least squares problem. */
  readonly samples: number;
  /** The evidence behind status 'degenerate'. */
  readonly degeneracy: CpAlsDegeneracy;
}

/** The norms of components may be eight decades above that of the data. */
const LARGEST_NORM = 1e300;

/**
 * CP decomposition by alternating least squares on samples: each factor is fitted to a few fibres of x, drawn anew each time with probabilities in proportion to
 * products of the leverage scores of the other factors' rows, which bound those of their Khatri–Rao product from above.
 *
 * For tensors so large that even one pass over them a sweep is too long: a sweep reads samples·ΣIₙ elements of x, at the price of an error that is larger than
 * that of `cpAls` by about order·rank/(2·samples) of itself. Where modes have no more rows than samples, it is that of `cpAls`. Use the result as `init` of
 * `cpAls` or `cpGaussNewton` for the last digits.
 *
 * x [I₀, …, I_{N-1}], order ≥ 1, of any dtype and never copied or unfolded where it is float64 or float32 without gaps; rank ≥ 1 → unit columns [Iₙ, R], weights
 * [R] ≥ 0 descending, signs as `normalizeCp` fixes them. float64. The scale of x does not matter.
 *
 * Finds local minima, and takes a swamp for one: try several keys, or `init` 'svd'. Status: 'converged' when the estimated error did not improve for
 * `patience` epochs, 'max-iterations', 'aborted', 'degenerate' as in `cpAls`.
 *
 * Cost: two passes over x in all, for its norm and the final error; per mode and sweep 2·samples·R·(Iₙ + R) flops; memory: samples·(Iₙ + R) numbers.
 * (Larsen & Kolda 2022; Battaglino, Ballard & Kolda 2018)
 *
 * @throws RangeError where the rank or an option is out of range, x has no or an empty mode, a number is not finite, or `init` does
 * not have the shape of x and the rank; TypeError where x is not a tensor
 */
export function cpRandomized(x: Tensor, rank: number, options: CpRandomizedOptions = {}): CpRandomizedResult {
  checkRank('cpRandomized', rank);
  const data = dataOf(x);
  const resolved = resolveOptions(options, rank);
  const { shape, elements, norm } = data;
  const start = startOf(data, rank, resolved.init, resolved.key);
  const numbers = cpNumbers('cpRandomized', start, { argument: 'init', shape, rank });
  const free = shape.map(() => true);

  const found = run(data, startModel(numbers, free, 0, norm, resolved.key), resolved);

  const cp = found.trace.length > 0 ? finishedModel(found.model, start, free, norm) : start;
  const { weights, factors } = cpNumbers('cpRandomized', cp);
  const degeneracy = divergence(cp, found.largest);
  return {
    weights: cp.weights,
    factors: cp.factors,
    relativeError: cpResidual(elements, shape, weights, factors) / norm,
    iterations: found.trace.length,
    status: found.status !== 'aborted' && isDiverging(degeneracy) ? 'degenerate' : found.status,
    trace: found.trace,
    samples: resolved.samples,
    degeneracy,
  };
}

/** The elements where they stand, and their norm. */
function dataOf(x: Tensor): RandomizedData {
  checkTensor('cpRandomized', 'x', x);
  const { shape } = x;
  if (x.order === 0) throw new RangeError('cpRandomized: x needs at least one mode: its shape is []');
  if (x.size === 0) throw new RangeError(`cpRandomized: x has no elements: its shape is ${showShape(shape)}`);
  const flat = flatten(x);
  checkFinite('cpRandomized', 'x', flat, shape);
  const elements: FloatArray =
    flat instanceof Float64Array || flat instanceof Float32Array ? flat : Float64Array.from(flat);
  const norm = norm2(elements.length, elements, 0, 1) || 1;
  if (norm > LARGEST_NORM) {
    throw new RangeError(`cpRandomized: x needs a norm of at most ${LARGEST_NORM}: it is ${norm}`);
  }
  return { elements, shape, norm };
}

/** As in `cpAls`; only singular vectors need a copy of x in units of its norm. */
function startOf(
  { elements, shape, norm }: RandomizedData,
  rank: number,
  init: Parameters<typeof startingPoint>[1],
  key: Parameters<typeof startingPoint>[4],
): CpTensor {
  const scaled = init === 'svd' ? Float64Array.from(elements, (v) => v / norm) : new Float64Array(0);
  return startingPoint('cpRandomized', init, { elements: scaled, shape, norm, squares: 1 }, rank, key);
}
