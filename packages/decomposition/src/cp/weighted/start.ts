import { tensor } from '@neuronseek/tensor';
import { mttkrpSweep, workspace, workspaceBytes } from '@neuronseek/tensor/kernels';
import { fold, type Key } from '@neuronseek/tensor/random';
import { startModel } from '../als/model.js';
import { stirredFactors } from '../als/starting-point.js';
import { sweep } from '../als/sweep.js';
import type { CpTensor } from '../cp-tensor.js';
import type { CpInitMethod } from '../initialize-cp.js';
import { randomFactors } from '../starting-factors.js';
import { compressedStart } from './compressed-start.js';
import { isSmall } from './is-small.js';
import type { WeightedData } from './weighted-data.js';

/** Where a fit starts. */
export interface WeightedStart {
  readonly cp: CpTensor;
  /** Whether hardly more than the last digits are left to be found. */
  readonly isNear: boolean;
}

/** Sweeps before the fit: they cost two thirds of an iteration of it each, and where little is missing they come near the data. */
const SWEEPS = 20;

/** Key of the directions that the sweeps draw where a component vanishes, apart from that of the start. */
const DIRECTIONS = 1;

/** A start made from the data; 'auto' is a compressed one where there is one, else at random. */
export function weightedStart(
  data: WeightedData,
  rank: number,
  init: CpInitMethod | 'auto',
  key: Key,
  signal: AbortSignal | undefined,
): WeightedStart {
  const variables = rank * data.shape.reduce((sum, n) => sum + n, 0);
  const near =
    init === 'auto' && !isSmall(data, rank, variables) ? compressedStart(data, rank, key, signal) : undefined;
  if (near !== undefined) return { cp: near, isNear: true };
  return { cp: sweptStart(data, rank, init === 'auto' ? 'random' : init, key, signal), isNear: false };
}

/**
 * A start made from the data: factors, at random or of singular vectors, improved by alternating least squares on w∘x over the average of w, in which what is
 * missing is 0 and the rest larger by as much: x and a noise of average 0 where elements are missing at random.
 */
function sweptStart(
  data: WeightedData,
  rank: number,
  init: CpInitMethod,
  key: Key,
  signal: AbortSignal | undefined,
): CpTensor {
  const { shape, elements, weights, mean, norm } = data;
  const memory = workspace(workspaceBytes(8 * elements.length));
  const filled = memory?.float64(elements.length) ?? new Float64Array(elements.length);
  for (let q = 0; q < filled.length; q++) filled[q] = (elements[q] * weights[q]) / mean;
  const products = mttkrpSweep(filled, shape, rank);
  try {
    const factors = init === 'svd' ? stirredFactors(filled, shape, rank, key) : randomFactors(shape, rank, key);
    const free = shape.map(() => true);
    const numbers = { shape, rank, weights: new Float64Array(rank).fill(1), factors };
    const model = startModel(numbers, free, 0, 1, fold(key, DIRECTIONS));
    for (let k = 0; k < SWEEPS && !signal?.aborted; k++) sweep(products, model, free);
    return {
      weights: tensor(model.weights.map((weight) => weight * norm)),
      factors: model.units.map((unit, n) => tensor(unit, [shape[n], rank])),
    };
  } finally {
    products.release();
    memory?.release();
  }
}
