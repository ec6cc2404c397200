import type { FitReport } from '../../fit/fit.js';
import { type CpAlsDegeneracy, divergence, isDiverging } from '../als/divergence.js';
import type { CpTensor } from '../cp-tensor.js';
import type { FittedModel } from './fit-model.js';

/** What a fit of second order says beside the factors. */
export interface Outcome extends FitReport {
  readonly gradientNorm: number;
  readonly degeneracy: CpAlsDegeneracy;
}

/** Errors below this leave nothing that a component could still grow for. */
const FITTED = 1e-10;

/** Components so much larger than the data that cancel so nearly, and still do not fit, were on their way to infinity when rounding stopped them. */
const LARGE = 100;
const CANCELLING = -0.999;

/**
 * The report of a fit. Degenerate: components cancel, and the largest one grew to the end as it had before, or is far larger than the data. A fit that is
 * exact has found components, however large.
 */
export function outcomeOf(
  cp: CpTensor,
  fitted: Pick<FittedModel, 'relativeError' | 'gradientNorm' | 'status' | 'trace' | 'largest'>,
): Outcome {
  const { relativeError, gradientNorm, status, trace, largest } = fitted;
  const degeneracy = divergence(cp, largest);
  const isLarge = largest.length > 0 && largest[largest.length - 1] > LARGE && degeneracy.cosine < CANCELLING;
  const diverges = relativeError > FITTED && (isLarge || isDiverging(degeneracy));
  return {
    relativeError,
    iterations: trace.length,
    status: status !== 'aborted' && diverges ? 'degenerate' : status,
    trace,
    gradientNorm,
    degeneracy,
  };
}
