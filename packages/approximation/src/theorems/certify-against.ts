import { certifySupNorm } from '../certificates/certify-sup-norm.js';
import type { SupNormCertificate } from '../certificates/sup-norm-certificate.js';
import type { Approximant } from '../targets/approximant.js';
import type { TargetFunction } from '../targets/target-function.js';

/** A certificate that decides about a bound, or whose gap is at most `resolution`; the cheap ones are tried first. */
export function certifyAgainst(
  f: TargetFunction,
  h: Approximant,
  bound: number,
  resolution: number,
): SupNormCertificate {
  for (let tolerance = bound / 2; ; tolerance /= 2) {
    const certificate = certifySupNorm(f, h, { tolerance });
    if (certificate.upper <= bound || certificate.lower > bound || tolerance <= resolution) return certificate;
  }
}
