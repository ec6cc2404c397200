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
  if (!(Number.isSafeInteger(runs) && runs >= 1)) {
    throw new RangeError(`${name}: runs must be a positive integer: got ${runs}`);
  }
  const root = key(seed);
  let margin = Number.POSITIVE_INFINITY;
  let run = 0;
  for (; run < runs && !signal?.aborted; run++) {
    const result = look(fold(root, run));
    margin = Math.min(margin, result.margin);
    onProgress?.({ theorem, run: run + 1, runs });
    if (result.fault !== undefined) {
      const counterexample = { run, description: result.fault };
      return { theorem, holds: false, runs: run + 1, margin, counterexample, seed };
    }
  }
  // Nothing seen, nothing held: an aborted start must not read as a success.
  return { theorem, holds: run > 0, runs: run, margin: run > 0 ? margin : 0, seed };
}
