import { mttkrpSweep } from '@neuronseek/tensor/kernels';
import { fold, type Key } from '@neuronseek/tensor/random';
import type { NormalizedData } from '../../normalized-data.js';
import { stirredFactors } from '../als/starting-point.js';
import type { CpNumbers } from '../cp-numbers.js';
import { type FittedModel, fitModel } from '../gauss-newton/fit-model.js';
import { gevdFactors } from '../gevd/gevd-factors.js';
import { randomFactors } from '../starting-factors.js';
import type { CpStart } from './options.js';

/** One run from one start: plain data, so that it can be done anywhere. */
export interface StartTask {
  readonly data: NormalizedData;
  readonly rank: number;
  /** How to make the start, or the start itself. */
  readonly start: CpStart | CpNumbers;
  readonly free: readonly boolean[];
  readonly key: Key;
  readonly maxIterations: number;
  readonly tolerance: number;
  readonly ridge: number;
  /** Squared norm of what of the data of norm 1 is not in `data`, where these are their projection. Default: 0. */
  readonly outside?: number;
}

/** Whom to ask and to tell during a run. */
export interface RunHooks {
  readonly isAborted: () => boolean;
  readonly visit: (error: number) => void;
}

/** Sweeps of alternating least squares before the first Gauss–Newton step. */
const SWEEPS = 3;

const NO_HOOKS: RunHooks = { isAborted: () => false, visit: () => {} };

/** The fit from one start, or undefined where there is no such start for these data. Depends on the task alone. */
export function runStart(task: StartTask, hooks: RunHooks = NO_HOOKS): FittedModel | undefined {
  const { data, rank, free, key, maxIterations, tolerance, ridge, outside } = task;
  const start = numbersOf(task);
  if (start === undefined) return undefined;
  const products = mttkrpSweep(data.elements, data.shape, rank);
  try {
    return fitModel(data, products, start, free, {
      key: fold(key, 1),
      sweeps: SWEEPS,
      maxIterations,
      tolerance,
      ridge,
      outside,
      ...hooks,
    });
  } finally {
    products.release();
  }
}

/** The start as numbers with weights of 1 and columns of about the size of the data. */
function numbersOf({ data: { elements, shape }, rank, start, key }: StartTask): CpNumbers | undefined {
  if (typeof start === 'object') return start;
  const factors =
    start === 'gevd'
      ? gevdFactors(elements, shape, rank, key)
      : start === 'svd'
        ? stirredFactors(elements, shape, rank, key)
        : randomFactors(shape, rank, key);
  return factors && { shape: [...shape], rank, weights: new Float64Array(rank).fill(1), factors };
}
