import { controls, namesOf } from './register.js';
import { runCases } from './run-cases.js';
import type { NegativeControlName, Verdict } from './verdict.js';
import type { VerifyOptions } from './verify-options.js';

/** All negative controls by name. */
export const negativeControlNames: readonly NegativeControlName[] = namesOf(controls);

/**
 * Runs what must fail, because a harness that accepts everything shows nothing: 'understated-modulus' (a target that claims half its slope is refuted and
 * breaks the bound), 'monotone-width-one' (networks of width 1 miss |x − 1/2| by 1/4) and the others of `negativeControlNames`. `holds` says that every case
 * failed as it must. Throws a RangeError for runs that is no positive integer.
 */
export function verifyNegativeControls(options: VerifyOptions = {}): Verdict[] {
  return negativeControlNames.map((name) => verifyNegativeControl(name, options));
}

/** One of them. Throws a RangeError for an unknown name. */
export function verifyNegativeControl(name: NegativeControlName, options: VerifyOptions = {}): Verdict {
  if (!Object.hasOwn(controls, name)) {
    const known = negativeControlNames.join(', ');
    throw new RangeError(`verifyNegativeControl: unknown control: got ${String(name)}, known: ${known}`);
  }
  return runCases('verifyNegativeControl', name, controls[name], options);
}
