import { namesOf, theorems } from './register.js';
import { runCases } from './run-cases.js';
import type { TheoremName, Verdict } from './verdict.js';
import type { VerifyOptions } from './verify-options.js';

/** All theorems by name. */
export const theoremNames: readonly TheoremName[] = namesOf(theorems);

/**
 * Draws cases of a theorem and looks at each with certificates and the independent checker: evidence over the drawn cases, with proof
 * for each single one; the proof for all is in the doc comment of the construction.
 *
 * The same name, seed and version draw the same cases. Stops at the first counterexample. Throws a RangeError for an unknown name or
 * runs that is no positive integer.
 */
export function verifyTheorem(name: TheoremName, options: VerifyOptions = {}): Verdict {
  if (!Object.hasOwn(theorems, name)) {
    throw new RangeError(`verifyTheorem: unknown theorem: got ${String(name)}, known: ${theoremNames.join(', ')}`);
  }
  return runCases('verifyTheorem', name, theorems[name], options);
}
