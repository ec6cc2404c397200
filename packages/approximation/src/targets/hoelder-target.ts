import { nextUp } from '../exact/next-double.js';
import { coordinate } from './coordinate.js';
import { hoelderModulus } from './hoelder-modulus.js';
import { intervalOf } from './interval-of.js';
import { powError } from './pow-error.js';
import type { TargetFunction } from './target-function.js';

/** Options of {@link hoelderTarget}. */
export interface HoelderTargetOptions {
  /** c, inside the domain. Default: 0.5. */
  readonly center?: number;
  /** α in (0, 1]. Default: 0.5. */
  readonly exponent?: number;
  /** λ ≥ 0. Default: 1. */
  readonly scale?: number;
  /** Default: [0, 1]. */
  readonly domain?: readonly [number, number];
}

/** Defaults of {@link hoelderTarget}. */
export const hoelderTargetDefaults: Required<HoelderTargetOptions> = {
  center: 0.5,
  exponent: 0.5,
  scale: 1,
  domain: [0, 1],
};

/**
 * f(x) = λ·|x − c|^α, whose modulus is λ·h^α and no smaller one near c.
 *
 * The stated evaluation error rests on `**` being within 4 units in the last place, which ECMAScript does not promise. Throws a
 * RangeError for constants out of range.
 */
export function hoelderTarget(options: HoelderTargetOptions = {}): TargetFunction<1> {
  const {
    center = hoelderTargetDefaults.center,
    exponent = hoelderTargetDefaults.exponent,
    scale = hoelderTargetDefaults.scale,
    domain = hoelderTargetDefaults.domain,
  } = options;
  const [a, b] = intervalOf('hoelderTarget', [domain]);
  if (!(center >= a && center <= b)) {
    throw new RangeError(`hoelderTarget: center must be in the domain [${a}, ${b}]: got ${center}`);
  }
  const modulus = hoelderModulus(scale, exponent);
  const largest = modulus.omega(Math.max(nextUp(center - a), nextUp(b - center)));
  if (!Number.isFinite(largest)) throw new RangeError('hoelderTarget: values are beyond the range of float64');
  return {
    dimension: 1,
    domain: [[a, b]],
    range: [0, largest],
    modulus,
    evaluationError: scale === 0 ? 0 : nextUp(largest * 2 * powError),
    evaluate: (x) => scale * Math.abs(coordinate(x, [a, b]) - center) ** exponent,
  };
}
