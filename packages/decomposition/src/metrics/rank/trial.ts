import { sub, type Tensor, tensor } from '@neuronseek/tensor';
import { norm2 } from '@neuronseek/tensor/kernels';
import { log } from '@neuronseek/tensor/math';
import { type Key, split, uniform } from '@neuronseek/tensor/random';
import { cp } from '../../cp/cp.js';
import { cpToTensor } from '../../cp/cp-to-tensor.js';
import { cpWeighted } from '../../cp/cp-weighted.js';
import type { FitStatus } from '../../fit/fit.js';
import { float64Elements } from '../../float64-elements.js';
import { coreConsistency } from '../core-consistency.js';
import { stability } from '../stability.js';

/** One rank to be tried: plain data, so that it can travel to a thread. */
export interface RankTrial {
  readonly elements: Float64Array;
  readonly shape: readonly number[];
  readonly rank: number;
  /** So many fits, one by the starts that `cp` chooses, the others from random ones. */
  readonly starts: number;
  /** Share of the elements that the held-out fit does not see; 0 for none. */
  readonly heldOut: number;
  /** Decides which elements are held out: the same ones for all ranks, so that their errors compare. */
  readonly maskKey: Key;
  readonly key: Key;
}

/** What is known of a rank after it was tried. */
export interface RankCandidate {
  readonly rank: number;
  /** Of the best fit. */
  readonly relativeError: number;
  readonly status: FitStatus;
  /** Core consistency of the best fit, weights in mode 0; 100 is perfect. */
  readonly coreConsistency: number;
  /** Mean factor match score between the fits from different starts. */
  readonly stability: number;
  /** ‖x - model‖ / ‖x‖ over the elements that the fit did not see; NaN where none were held out. */
  readonly heldOutError: number;
  /** size·log(‖x - model‖² / size) + R·(Σ Iₙ - N + 1)·log(size), in units where ‖x‖ = 1: smaller is better. */
  readonly bic: number;
}

/** Squared relative errors below this are rounding; the logarithm takes them as equal. */
const EXACT = 1e-24;

/** Tries a rank: fits from several starts, and one without some elements that are then predicted. */
export function tryRank({ elements, shape, rank, starts, heldOut, maskKey, key }: RankTrial): RankCandidate {
  // A copy: the elements may stand in memory that threads share.
  const x = tensor(elements.slice(), shape);
  const [forFits, forHeldOut] = split(key, 2);
  const fits = split(forFits, starts).map((child, i) =>
    cp(x, rank, { key: child, starts: i === 0 ? 'auto' : ['random'] }),
  );
  const best = fits.reduce((a, b) => (b.relativeError < a.relativeError ? b : a));
  const size = x.size;
  const parameters = rank * (shape.reduce((sum, n) => sum + n, 0) - shape.length + 1);
  const squares = Math.max(EXACT, best.relativeError * best.relativeError);
  return {
    rank,
    relativeError: best.relativeError,
    status: best.status,
    coreConsistency: coreConsistency(x, best).consistency,
    stability: stability(fits).mean,
    heldOutError: heldOut > 0 ? heldOutError(x, rank, heldOut, maskKey, forHeldOut) : Number.NaN,
    bic: size * log(squares / size) + parameters * log(size),
  };
}

/** Fits what a random mask leaves, and predicts the rest. */
function heldOutError(x: Tensor, rank: number, share: number, maskKey: Key, key: Key): number {
  const draws = uniform(maskKey, x.size);
  const seen = draws.map((u) => (u < share ? 0 : 1));
  if (!seen.includes(0) || !seen.includes(1)) return Number.NaN;
  const model = cpWeighted(x, tensor(seen, x.shape), rank, { key });
  const [rest, all] = [sub(x, cpToTensor(model)), x].map((t) => float64Elements(t).map((v, q) => (seen[q] ? 0 : v)));
  return norm2(rest.length, rest, 0, 1) / (norm2(all.length, all, 0, 1) || 1);
}
