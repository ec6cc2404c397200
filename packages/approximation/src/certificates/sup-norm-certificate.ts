/**
 * Two bounds, lower ≤ sup |f − h| ≤ upper over the domain of f, and what a checker needs to find them again. Plain data.
 *
 * `f` and `h` are functions in real arithmetic. Not covered: the rounding of a float64 run of h, for which h.evaluationError is the
 * bound, and the hypotheses that f and h state about themselves (modulus, breakpoints, evaluationError).
 */
export interface SupNormCertificate {
  readonly lower: number;
  readonly upper: number;
  /** How the bounds were found, and how they are found again; see `certifySupNorm`. */
  readonly method: 'breakpoints' | 'modulus-grid' | 'branch-and-bound' | 'interval' | 'bernstein-coefficients';
  /** A point at which the error is at least `lower`: one of the grid, where there is a grid. */
  readonly witness: readonly number[];
  /** Points, or boxes, at which both functions were evaluated; on a grid its length. */
  readonly evaluations: number;
  /** Ascending from one end of the domain to the other; empty for methods that halve boxes. */
  readonly grid: readonly number[];
  /**
   * Of methods that halve boxes, the tree of halvings: '.' for a box that stays whole, else the letter of the axis, 'a' for the first, that is
   * halved at its middle, followed by the lower and the upper half.
   */
  readonly splits?: string;
  /** Of method 'interval', upper − lower before the last rounding, a number of at most 12 binary digits. */
  readonly gap?: number;
  /**
   * 'converged': upper − lower met the tolerance. 'max-evaluations', 'aborted': stopped before; the bounds hold all the same.
   * A remark about the run: `checkCertificate` does not judge it.
   */
  readonly status: 'converged' | 'max-evaluations' | 'aborted';
}
