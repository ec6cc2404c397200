import type { FitStatus } from '../../fit/fit.js';
import type { Scratch } from '../../low-rank/scratch.js';
import type { NormalizedData } from '../../normalized-data.js';
import { eachProjection, project } from '../mode-tree.js';
import { projectionError } from '../relative-error.js';
import type { Projection } from '../truncate.js';
import { truncatedNumbers } from '../truncated-tucker.js';
import { improveBasis } from './improve-basis.js';
import type { SweepOptions } from './options.js';

/** The best projection of a run, and how it went. */
export interface SweepOutcome {
  readonly best: Projection;
  readonly relativeError: number;
  readonly status: FitStatus;
  readonly trace: readonly number[];
}

/** The projection on given bases: their core. */
export function projectionOn(data: NormalizedData, bases: Projection['bases'], scratch: Scratch): Projection {
  return scratch.within(() => {
    const core = project(data, [...data.shape.keys()], bases, scratch);
    return { ranks: core.shape, bases, core: core.elements.slice() };
  });
}

/** HOOI sweeps over the free modes from a start on, until the outcome is known. What is returned is never worse than the start. */
export function sweeps(
  data: NormalizedData,
  start: Projection,
  free: readonly boolean[],
  { maxIterations, tolerance, signal, onProgress }: SweepOptions & { maxIterations: number; tolerance: number },
  scratch: Scratch,
): SweepOutcome {
  return scratch.within(() => {
    const bases = start.bases.map((basis) => {
      if (basis === undefined) return undefined;
      const own = scratch.take(basis.length);
      own.set(basis);
      return own;
    });
    // Decreases must be seen that the tolerance would not call none; where nobody compares, six digits do.
    const accuracy = tolerance > 0 ? tolerance : undefined;
    let best = start;
    let error = projectionError(data, truncatedNumbers(data, start), accuracy);
    const trace: number[] = [];
    let settled = !free.includes(true) || error === 0;
    const outcome = (): FitStatus | undefined => {
      if (signal?.aborted) return 'aborted';
      if (settled) return 'converged';
      return trace.length >= maxIterations ? 'max-iterations' : undefined;
    };
    let status = outcome();
    while (status === undefined) {
      const core = sweep(data, bases, free, scratch);
      const found = { ranks: start.ranks, bases: bases.map((basis) => basis?.slice()), core };
      const next = projectionError(data, truncatedNumbers(data, found), accuracy);
      trace.push(next);
      onProgress?.({ iteration: trace.length, relativeError: next });
      settled = tolerance > 0 && error - next <= tolerance * error;
      if (next < error) [best, error] = [found, next];
      status = outcome();
    }
    return { best, relativeError: error, status, trace };
  });
}

/** Improves the basis of every free mode once, in order; returns the core, the projection on all of them. */
function sweep(
  data: NormalizedData,
  bases: readonly (Float64Array | undefined)[],
  free: readonly boolean[],
  scratch: Scratch,
): Float64Array {
  const last = free.lastIndexOf(true);
  let core = new Float64Array(0);
  eachProjection(data, bases, free, scratch, (mode, w) => {
    const basis = bases[mode];
    if (basis === undefined) return;
    improveBasis(w, mode, basis, scratch);
    if (mode === last) core = project(w, [mode], bases, scratch).elements.slice();
  });
  return core;
}
