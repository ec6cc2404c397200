import { fold, key } from '@neuronseek/tensor/random';
import type { TheoremCase } from './case-result.js';
import type { Verdict } from './verdict.js';
import type { VerifyOptions } from './verify-options.js';
import { verifyDefaults } from './verify-options.js';

/** Runs cases until one is at fault; case i depends on the seed and i alone. */
export function runCases(
  name: string,
  theorem: Verdict['theorem'],
  look: TheoremCase,
  { runs = verifyDefaults.runs, seed = verifyDefaults.seed, signal, onProgress }: VerifyOptions,
): Verdict {
  requireRuns(name, runs);
  const onRun = (run: number): void => onProgress?.({ theorem, run, runs });
  return verdictOf(theorem, seed, [runRange(look, seed, 0, runs, signal, onRun)]);
}

/** A RangeError by `name` for runs that is no positive integer. */
export function requireRuns(name: string, runs: number): void {
  if (!(Number.isSafeInteger(runs) && runs >= 1)) {
    throw new RangeError(`${name}: runs must be a positive integer: got ${runs}`);
  }
}

/** What came of some cases in a row. */
export interface RangeResult {
  /** Cases looked at, the one at fault included. */
  readonly runs: number;
  readonly margin: number;
  readonly counterexample?: { readonly run: number; readonly description: string };
}

/** Cases from … to − 1, until one is at fault or the signal comes. */
export function runRange(
  look: TheoremCase,
  seed: number,
  from: number,
  to: number,
  signal?: AbortSignal,
  onRun?: (runs: number) => void,
): RangeResult {
  const root = key(seed);
  let margin = Number.POSITIVE_INFINITY;
  let run = from;
  for (; run < to && !signal?.aborted; run++) {
    const result = look(fold(root, run));
    margin = Math.min(margin, result.margin);
    onRun?.(run + 1);
    if (result.fault !== undefined) {
      return { runs: run + 1 - from, margin, counterexample: { run, description: result.fault } };
    }
  }
  return { runs: run - from, margin };
}

/** The verdict over ranges that follow one another: up to the first counterexample, as if they had been looked at in turn. */
export function verdictOf(theorem: Verdict['theorem'], seed: number, ranges: readonly RangeResult[]): Verdict {
  let margin = Number.POSITIVE_INFINITY;
  let runs = 0;
  for (const range of ranges) {
    margin = Math.min(margin, range.margin);
    runs += range.runs;
    const { counterexample } = range;
    if (counterexample !== undefined) return { theorem, holds: false, runs, margin, counterexample, seed };
  }
  // Nothing seen, nothing held: an aborted start must not read as a success.
  return { theorem, holds: runs > 0, runs, margin: runs > 0 ? margin : 0, seed };
}
