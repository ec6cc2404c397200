/**
 * Two bounds, lower ≤ sup |f − h| ≤ upper over the domain of f, and what a checker needs to find them again. Plain data.
 *
 * `f` and `h` are functions in real arithmetic. Not covered: the rounding of a float64 run of h, for which h.evaluationError is the
 * bound, and the hypotheses that f and h state about themselves (modulus, breakpoints, evaluationError).
 */
export interface SupNormCertificate {
  readonly lower: number;
  readonly upper: number;
  /** Later versions add methods: 'branch-and-bound', 'interval', 'bernstein-coefficients'. */
  readonly method: 'breakpoints' | 'modulus-grid';
  /** A point of the grid at which the error is at least `lower`. */
  readonly witness: readonly number[];
  /** Points at which both functions were evaluated: the length of `grid`. */
  readonly evaluations: number;
  /** Ascending from one end of the domain to the other. */
  readonly grid: readonly number[];
  /**
   * 'converged': upper − lower met the tolerance. 'max-evaluations', 'aborted': stopped before; the bounds hold all the same.
   * A remark about the run: `checkCertificate` does not judge it.
   */
  readonly status: 'converged' | 'max-evaluations' | 'aborted';
}
