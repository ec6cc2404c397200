import { angle, reduceAngle } from './reduce-angle.js';

/** Sine of x in radians, of any size; NaN for ±Infinity. Error below 0.9 units in the last place. */
export function sin(x: number): number {
  if (Math.abs(x) < 1e-8) return x;
  const n = reduceAngle(x);
  // A factor for the sign: a branch that goes either way costs more than all of the polynomial.
  return ((n & 1) === 0 ? sinNear(angle[0], angle[1]) : cosNear(angle[0], angle[1])) * (1 - (n & 2));
}

/** Cosine of x in radians, of any size; NaN for ±Infinity. Error below 0.9 units in the last place. */
export function cos(x: number): number {
  const n = reduceAngle(x);
  return ((n & 1) === 0 ? cosNear(angle[0], angle[1]) : sinNear(angle[0], angle[1])) * (1 - ((n + 1) & 2));
}

// Polynomials of our own on [−π/4, π/4]; the angle is x + y.

function sinNear(x: number, y: number): number {
  return x + sinRest(x, y, x * x);
}

function cosNear(x: number, y: number): number {
  const z = x * x;
  const w = 1 - 0.5 * z;
  return w + (1 - w - 0.5 * z + (z * z * cosTail(z) - x * y));
}

/** sin(x + y) − x, z = x². */
export function sinRest(x: number, y: number, z: number): number {
  const s = z * z;
  const p =
    -0.16666666666666666 +
    z * 0.008333333333330936 +
    s *
      (-0.00019841269836740532 + z * 2.7557316093198404e-6 + s * (-2.5051129896450185e-8 + z * 1.5917988979397435e-10));
  return x * z * p + y * (1 - 0.5 * z);
}

/** (cos √z − 1 + z/2)/z². */
export function cosTail(z: number): number {
  const s = z * z;
  return (
    0.041666666666666664 +
    z * -0.0013888888888887389 +
    s * (2.48015872987544e-5 + z * -2.755731726587808e-7 + s * (2.087614504941318e-9 + z * -1.138254464534925e-11))
  );
}
