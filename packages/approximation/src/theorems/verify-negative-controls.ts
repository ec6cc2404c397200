import { classicalControlNames, classicalControls } from './classical/register.js';
import { monotoneWidthOne } from './monotone-width-one.js';
import { orbitInFloat64 } from './orbit-code-case.js';
import { runCases } from './run-cases.js';
import { understatedModulus } from './understated-modulus.js';
import type { Verdict } from './verdict.js';
import type { VerifyOptions } from './verify-options.js';

/**
 * Runs what must fail, because a harness that accepts everything shows nothing: 'understated-modulus' (a target that claims half its slope
 * is refuted and breaks the bound) and 'monotone-width-one' (networks of width 1 miss |x − 1/2| by 1/4), then those of classical theory: polynomials of a fixed degree, a first layer narrower than the input, bounded weights at
 * fixed depth, too small a base of Köppen's function. `holds` says that every case
 * failed as it must. Throws a RangeError for runs that is no positive integer.
 */
export function verifyNegativeControls(options: VerifyOptions = {}): Verdict[] {
  return [
    runCases('verifyNegativeControls', 'understated-modulus', understatedModulus, options),
    runCases('verifyNegativeControls', 'monotone-width-one', monotoneWidthOne, options),
    runCases('verifyNegativeControls', 'orbit-in-float64', orbitInFloat64, options),
    ...classicalControlNames.map((name) => runCases('verifyNegativeControls', name, classicalControls[name], options)),
  ];
}
