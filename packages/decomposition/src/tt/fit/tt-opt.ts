import { isTensor, type Tensor } from '@neuronseek/tensor';
import { balancedCut, norm2 } from '@neuronseek/tensor/kernels';
import { type Key, key as keyOf } from '@neuronseek/tensor/random';
import { completeOptions } from '../../fit/complete-options.js';
import type { FitOptions, FitReport } from '../../fit/fit.js';
import { productResidual } from '../../low-rank/product-residual.js';
import { normalizedData } from '../../normalized-data.js';
import { lbfgs } from '../../optimize/lbfgs.js';
import type { Objective } from '../../optimize/minimize.js';
import { productOf } from '../../product-of.js';
import { trainAt } from '../cross/train-at.js';
import { ttRandom } from '../make.js';
import { leadingProduct, trailingProduct } from '../partial-products.js';
import type { SampleIndices } from '../sample-indices.js';
import { possibleRanks, rankList } from '../truncation.js';
import { type TtNumbers, ttNumbers, ttOfNumbers } from '../tt-numbers.js';
import type { TtTensor } from '../tt-tensor.js';
import { coresOf, denseObjective, sampleObjective } from './opt-objective.js';
import { type SampleValues, sampleError, splitSamples } from './samples.js';

/** Some elements of a tensor, in place of all. */
export interface TtSampleData {
  /** [S, N] */
  readonly indices: SampleIndices;
  /** [S] */
  readonly values: SampleValues;
  readonly shape: readonly number[];
  /** [S], from 0; all equal where not given. */
  readonly weights?: SampleValues;
}

/** Options of `ttOpt`. */
export interface TtOptOptions extends FitOptions {
  /** A start, whose ranks are those of the fit, scaled so that its cores have one norm; never written to. Default: undefined, random cores. */
  readonly init?: TtTensor;
  /** Adds ½·ridge·Σ_k ‖G_k‖² to the objective, in units of the data. Default: 0. */
  readonly ridge?: number;
  /** Largest number of iterations; 0 returns the start and its error. Default: 1000. */
  readonly maxIterations?: number;
  /** Converged where two iterations running each lower the objective by no more than this share; 0 runs all. Default: 1e-10. */
  readonly tolerance?: number;
}

/** Defaults of `ttOpt`. */
export const ttOptDefaults: Required<Omit<TtOptOptions, 'init' | 'signal' | 'onProgress'>> &
  Pick<TtOptOptions, 'init'> = {
  key: /* @__PURE__ */ keyOf(0),
  init: undefined,
  ridge: 0,
  maxIterations: 1000,
  tolerance: 1e-10,
};

/** What `ttOpt` returns: a tensor train and how it came about. */
export interface TtOptResult extends TtTensor, FitReport {
  /** r₀ = 1, r₁, …, r_N = 1. */
  readonly ranks: readonly number[];
  /** Norm of the gradient of ½‖x - train‖²/‖x‖² (and the ridge) with respect to all cores, which share the norm evenly. */
  readonly gradientNorm: number;
}

/** The data of one fit in its own units. */
interface OptData {
  readonly shape: readonly number[];
  /** Number of elements that count. */
  readonly count: number;
  /** What the values are divided by, so that their norm is 1. */
  readonly unit: number;
  readonly objective: (ranks: readonly number[], ridge: number) => Objective;
  readonly errorOf: (numbers: TtNumbers) => number;
}

/**
 * A tensor train of given ranks by its gradient: min ½‖x - train‖²/‖x‖², over all cores at once, by L-BFGS. x is a dense tensor, or
 * samples { indices, values, shape, weights } of one, whose errors alone count then.
 *
 * For a dense tensor `tensorTrain` is nearly best already and much faster: this is for a ridge, for the last digits and, on samples, beside
 * `ttAls`, where there are too many for its normal matrices. `relativeError` is that at the data. A local minimum: try several keys, or an
 * `init`. Ranks are one number or the list r₀ = 1, …, r_N = 1; those that sizes do not allow shrink.
 *
 * Cost an iteration: 2·N·r·size(x) flops, or 6·S·Σ r². (Acar, Dunlavy & Kolda 2011 for CP; Yuan, Zhao & Cao 2017)
 *
 * @throws RangeError where a rank, index, weight or option is out of range, shapes differ or a number is not finite
 */
export function ttOpt(
  x: Tensor | TtSampleData,
  ranks: number | readonly number[],
  options: TtOptOptions = {},
): TtOptResult {
  const resolved = completeOptions('ttOpt', ttOptDefaults, options);
  const { ridge, init, key, maxIterations, tolerance, signal } = resolved;
  if (!(ridge >= 0 && ridge < Infinity)) throw new RangeError(`ttOpt: ridge is not a finite number from 0: ${ridge}`);
  const data = isTensor(x) ? denseData(x) : sampleData(x, key);
  const { shape, unit } = data;
  const caps = possibleRanks(shape, rankList('ttOpt', ranks, shape.length));
  const start = init
    ? balanced(ttNumbers('ttOpt', init, { argument: 'init', shape }), 1 / unit)
    : spread(ttNumbers('ttOpt', ttRandom(shape, caps, { key })), 1 / Math.sqrt(data.count));
  const sizes = { shape, ranks: start.ranks };
  const objective = data.objective(start.ranks, ridge);
  const trace: number[] = [];
  const found = lbfgs(objective, Float64Array.from(start.cores.flatMap((core) => Array.from(core))), {
    maxIterations,
    tolerance,
    signal,
    onIteration: ({ iteration, x: point }) => {
      const relativeError = data.errorOf({ ...sizes, cores: coresOf(sizes, point) });
      trace.push(relativeError);
      resolved.onProgress?.({ iteration, relativeError });
    },
  });
  const numbers = { ...sizes, cores: coresOf(sizes, found.x).map((core) => core.slice()) };
  const own = spread(numbers, unit);
  return {
    ...ttOfNumbers(own),
    ranks: own.ranks,
    relativeError: data.errorOf(numbers),
    iterations: found.iterations,
    status: found.status,
    trace,
    gradientNorm: found.gradientNorm,
  };
}

function denseData(x: Tensor): OptData {
  const { shape, elements, norm } = normalizedData('ttOpt', x);
  const cut = balancedCut(shape);
  const size = [productOf(shape.slice(0, cut)), productOf(shape.slice(cut))] as const;
  return {
    shape,
    unit: norm,
    count: elements.length,
    objective: (ranks, ridge) => denseObjective({ shape, ranks }, elements, ridge),
    errorOf: (numbers) => {
      const [leading, trailing] = [leadingProduct(numbers, cut), trailingProduct(numbers, cut)];
      return productResidual(elements, size[0], size[1], leading, trailing, numbers.ranks[cut]);
    },
  };
}

function sampleData(data: TtSampleData, key: Key): OptData {
  if (typeof data !== 'object' || data === null || !('indices' in data)) {
    throw new TypeError(`ttOpt: x is not a tensor or samples { indices, values, shape }: ${String(data)}`);
  }
  const { indices, values, shape, weights } = data;
  const { train, unit } = splitSamples('ttOpt', indices, values, shape, weights, 0, key);
  const count = train.values.length;
  const root = Math.sqrt(count);
  const samples = { ...train, values: train.values.map((v) => v / root) };
  return {
    shape,
    unit: unit * root,
    count,
    objective: (ranks, ridge) => sampleObjective({ shape, ranks }, samples, ridge),
    errorOf: (numbers) => sampleError(samples, trainAt(numbers, samples.points)),
  };
}

/** A train times a positive number, of which every core takes its share. */
function spread(numbers: TtNumbers, factor: number): TtNumbers {
  const share = factor ** (1 / numbers.cores.length);
  return multiplied(numbers, factor, () => share);
}

/** The same, all cores with one norm: gradients of cores that differ in scale, as those of `tensorTrain` do, lead nowhere. */
function balanced(numbers: TtNumbers, factor: number): TtNumbers {
  const norms = numbers.cores.map((core) => norm2(core.length, core, 0, 1) || 1);
  const share = [factor, ...norms].reduce((product, norm) => product * norm ** (1 / norms.length), 1);
  return multiplied(numbers, factor, (k) => share / norms[k]);
}

/** Every core times its share, the last one times what is left of the factor: roots of large numbers have lost digits. */
function multiplied({ shape, ranks, cores }: TtNumbers, factor: number, share: (k: number) => number): TtNumbers {
  let left = factor;
  const scaled = cores.map((core, k) => {
    const own = k + 1 < cores.length ? share(k) : left;
    left /= own;
    return core.map((v) => v * own);
  });
  return { shape, ranks, cores: scaled };
}
