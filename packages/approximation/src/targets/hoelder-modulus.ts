import { nextUp } from '../exact/next-double.js';
import type { Modulus } from './modulus.js';
import { powError } from './pow-error.js';

/**
 * omega(h) = scale·h^exponent, rounded up; exponent in (0, 1]. ECMAScript promises no accuracy of `**`: it is assumed to be within
 * 4 units in the last place, and 8 are added. Throws a RangeError for other constants.
 */
export function hoelderModulus(scale: number, exponent: number): Modulus {
  if (!(Number.isFinite(scale) && scale >= 0)) {
    throw new RangeError(`hoelderModulus: scale must be finite and not negative: got ${scale}`);
  }
  if (!(exponent > 0 && exponent <= 1)) {
    throw new RangeError(`hoelderModulus: exponent must be in (0, 1]: got ${exponent}`);
  }
  return {
    kind: 'hoelder',
    omega: (h) => (h === 0 || scale === 0 ? 0 : nextUp(scale * h ** exponent * (1 + powError))),
    concave: true,
  };
}
