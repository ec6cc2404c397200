/**
 * A modulus of continuity: omega(h) ≥ |f(x) − f(y)| for all x, y of the domain with |x − y| ≤ h.
 *
 * `omega` is computed in float64 and rounded up, so that the inequality holds for the number it returns; omega(0) = 0 and omega
 * does not decrease. It is a hypothesis: certificates build on it, `checkModulus` tries to refute it.
 */
export interface Modulus {
  readonly kind: 'lipschitz' | 'hoelder' | 'custom';
  omega(h: number): number;
  /** Whether the exact omega is concave; theorems that halve the step need it. */
  readonly concave: boolean;
}
