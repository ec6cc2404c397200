import { tensor } from '@neuronseek/tensor';
import type { Key } from '@neuronseek/tensor/random';
import { withMemory } from '../../low-rank/scratch.js';
import { expand } from '../../tucker/expand.js';
import { sumOfSquares } from '../../tucker/relative-error.js';
import type { CpTensor } from '../cp-tensor.js';
import { type CompressedData, compressData } from '../driver/compress-data.js';
import { expanded } from '../driver/fit-compressed.js';
import { cpDefaults } from '../driver/options.js';
import { runStarts } from '../driver/run-starts.js';
import type { WeightedData } from './weighted-data.js';

/** Elements from which passes over x, of which this saves some, cost more than runs on a core. */
const LARGE = 2 ** 18;

/** Where more than this is missing, the core of the first compression is mostly noise. */
const MOST_MISSING = 0.3;

/** What is missing is filled in so often at most. */
const MOST_REFILLS = 4;

/** Settled: one more refill would lower the squared error of the compressed tensor by no more than this share; or by nothing that matters. */
const SETTLED = 0.02;
const EXACT = 1e-8;

/** Iterations of each run on the core: those that take more are on their way to nowhere. */
const MOST_ITERATIONS = 100;

/** As loose as `compressData` allows: the error of a start is asked for by nobody. */
const COARSE = { compress: true, fixedModes: [], maxIterations: 1, tolerance: cpDefaults.tolerance } as const;

/**
 * Where little is missing: x is compressed with what is missing filled in by the compressed tensor itself, again until that has settled, and the core fitted from several starts as `cp` does. Filling in by a Tucker tensor has no local minima that matter, which a CP tensor would
 * have while the core is still full of the noise of empty elements. undefined where it does not pay: x is small, much is missing, or the core is not much
 * smaller than x.
 *
 * Each refill leaves of the error about the share that is missing, more where whole fibers are. Cost: that of `cp` without its refinement, and two passes and a
 * compression for each of one to four refills.
 */
export function compressedStart(
  data: WeightedData,
  rank: number,
  key: Key,
  signal: AbortSignal | undefined,
): CpTensor | undefined {
  const { shape, elements, mean, norm } = data;
  if (elements.length < LARGE || 1 - mean > MOST_MISSING || shape.length < 3) return undefined;
  const small = compressedAround(data, rank);
  if (small === undefined) return undefined;
  const squares = sumOfSquares(small.core);
  // Of norm 1 but for what is missing, which only stopping tests see.
  const core = { shape: small.ranks, elements: small.core, norm: 1, squares };
  const free = shape.map(() => true);
  const options = { ...cpDefaults, key, maxIterations: MOST_ITERATIONS };
  const hooks = { isAborted: () => signal?.aborted ?? false, visit: () => {} };
  const { fitted } = runStarts(core, rank, undefined, free, options, hooks, small.left ** 2);
  const factors = expanded(fitted, small);
  return {
    weights: tensor(new Float64Array(rank).fill(norm)),
    factors: factors.map((factor, n) => tensor(factor, [shape[n], rank])),
  };
}

/** The compressed tensor, what is missing filled in by the one before, at first by zeros and the rest enlarged instead. */
function compressedAround(data: WeightedData, rank: number): CompressedData | undefined {
  const { shape, elements, mean } = data;
  return withMemory(elements.length, 0, (allocate) => {
    const filled = allocate(elements.length);
    enlarge(filled, data);
    const take = (length: number): Float64Array => (length === filled.length ? filled : new Float64Array(length));
    let [error, gain] = [Infinity, Infinity];
    for (let k = 0; ; k++) {
      const whole = { shape, elements: filled, norm: 1, squares: sumOfSquares(filled) };
      const small = compressData(whole, rank, COARSE);
      if (small === undefined || mean === 1 || k === MOST_REFILLS) return small;
      expand(small.core, small.ranks, small.factors, undefined, take);
      const squares = refill(filled, data);
      // How fast gains shrink is seen from the third one on only.
      const share = k > 1 ? Math.max(1 - mean, (error - squares) / gain) : 1 - mean;
      gain = error - squares;
      error = squares;
      if (squares <= EXACT || share * gain <= SETTLED * squares) return small;
    }
  });
}

/** w∘x over the mean weight. */
function enlarge(out: Float64Array, { elements, weights, mean }: WeightedData): void {
  const scale = 1 / mean;
  for (let q = 0; q < out.length; q++) out[q] = elements[q] * weights[q] * scale;
}

/** Turns a model of the data, in place, into the data where they are observed; returns the squared error of the model there. */
function refill(model: Float64Array, { elements, weights }: WeightedData): number {
  let squares = 0;
  for (let q = 0; q < model.length; q++) {
    const rest = elements[q] - model[q];
    const weighed = weights[q] * rest;
    squares += weighed * rest;
    model[q] += weighed;
  }
  return squares;
}
