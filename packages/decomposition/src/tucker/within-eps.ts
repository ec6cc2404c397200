import type { FitStatus } from '../fit/fit.js';
import type { Scratch } from '../low-rank/scratch.js';
import type { NormalizedData } from '../normalized-data.js';
import { allOrthogonal } from './all-orthogonal.js';
import { cutTo, ranksWithin } from './cut-core.js';
import type { SweepOptions } from './hooi/options.js';
import { type SweepOutcome, sweeps } from './hooi/sweeps.js';
import { projectionError } from './relative-error.js';
import type { Projection } from './truncate.js';
import { truncatedNumbers } from './truncated-tucker.js';

/** Share of the room below eps that cuts may take up, so that rounding does not lead beyond it. */
const ROOM = 1 - 1e-6;

/**
 * HOOI sweeps from a start whose error is within eps, which the result stays within while it shrinks: before every sweep the core is made
 * all-orthogonal, and slices go whose squares fit between the square of the error and eps². Ends when nothing can be cut and a sweep gains no
 * more than `tolerance` of the error.
 *
 * Truncation alone has to grant every mode its share of eps² in advance; together with sweeps it finds smaller models: 10 × 10 × 10 instead of 64 × 47 × 10 for a tensor of
 * these ranks with 10 % noise and eps 0.1. (After Xiao & Yang 2021, rank-adaptive HOOI)
 */
export function sweepsWithin(
  data: NormalizedData,
  start: Projection,
  eps: number,
  free: readonly number[],
  { maxIterations, tolerance, signal, onProgress }: SweepOptions & { maxIterations: number; tolerance: number },
  scratch: Scratch,
): SweepOutcome {
  const trace: number[] = [];
  let best = start;
  let error = projectionError(data, truncatedNumbers(data, start));
  let status: FitStatus | undefined;
  while (status === undefined) {
    if (signal?.aborted) status = 'aborted';
    else if (trace.length >= maxIterations) status = 'max-iterations';
    else {
      const cut = cutWithin(data, best, error, eps, free);
      const isFree = data.shape.map((size, mode) => free.includes(mode) && (cut ?? best).ranks[mode] < size);
      if (cut === undefined && !isFree.includes(true)) status = 'converged';
      else {
        const once = { maxIterations: 1, tolerance: 0 };
        const next = sweeps(data, cut ?? best, isFree, once, scratch);
        const settled = cut === undefined && tolerance > 0 && error - next.relativeError <= tolerance * error;
        best = next.best;
        error = next.relativeError;
        trace.push(error);
        onProgress?.({ iteration: trace.length, relativeError: error });
        if (settled) status = 'converged';
      }
    }
  }
  return { best, relativeError: error, status, trace };
}

/** A smaller projection within eps, or undefined where there is none to be had by cutting slices. */
function cutWithin(
  data: NormalizedData,
  projection: Projection,
  error: number,
  eps: number,
  modes: readonly number[],
): Projection | undefined {
  const budget = (eps * eps - error * error) * ROOM * data.squares;
  if (!(budget > 0)) return undefined;
  const rotated = allOrthogonal(truncatedNumbers(data, projection), modes);
  const kept = ranksWithin(rotated, modes, budget);
  if (kept.every((rank, mode) => rank === projection.ranks[mode])) return undefined;
  const cut = cutTo(rotated, kept);
  if (!(projectionError(data, cut) <= eps)) return undefined;
  const bases = cut.factors.map((factor, mode) => (projection.bases[mode] === undefined ? undefined : factor));
  return { ranks: cut.ranks, bases, core: cut.core };
}
