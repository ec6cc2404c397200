import { nextUp } from '../exact/next-double.js';
import type { Modulus } from './modulus.js';

/** omega(h) = L·h, rounded up. Throws a RangeError unless L is finite and not negative. */
export function lipschitzModulus(constant: number): Modulus {
  if (!(Number.isFinite(constant) && constant >= 0)) {
    throw new RangeError(`lipschitzModulus: constant must be finite and not negative: got ${constant}`);
  }
  return {
    kind: 'lipschitz',
    omega: (h) => (h === 0 || constant === 0 ? 0 : nextUp(constant * h)),
    concave: true,
  };
}
