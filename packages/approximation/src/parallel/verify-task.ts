import { controls, theorems } from '../theorems/register.js';
import { type RangeResult, runRange } from '../theorems/run-cases.js';
import type { NegativeControlName, TheoremName } from '../theorems/verdict.js';

/** Some cases of one theorem or control. */
export interface VerifyJob {
  readonly name: TheoremName | NegativeControlName;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

/** What a thread does for `verifyInThreads`. */
export function verifyTask({ name, seed, from, to }: VerifyJob): RangeResult {
  return runRange({ ...theorems, ...controls }[name], seed, from, to);
}
