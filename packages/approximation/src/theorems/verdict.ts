import type { controls, theorems } from './register.js';

/** Theorems that `verifyTheorem` knows. */
export type TheoremName = keyof typeof theorems;

/** Controls that must fail: `verifyNegativeControls` runs them. */
export type NegativeControlName = keyof typeof controls;

/** The drawn case in which a statement did not hold. */
export interface Counterexample {
  /** Which case it was: the same seed draws it again, whatever `runs` is. */
  readonly run: number;
  /** The case and what went wrong, in words and numbers. */
  readonly description: string;
}

/** The outcome of a series of drawn cases. */
export interface Verdict {
  readonly theorem: TheoremName | NegativeControlName;
  /** Whether every case was as the statement says. For a negative control: whether every case failed as it must. */
  readonly holds: boolean;
  /** Cases looked at: all of them, or up to the counterexample, or until the signal came. */
  readonly runs: number;
  /**
   * The smallest distance from the edge over all cases, relative to the bound; negative when crossed. Theorems: (bound − upper)/bound,
   * and for an equality 0. Controls: (lower − bound)/bound.
   */
  readonly margin: number;
  readonly counterexample?: Counterexample;
  readonly seed: number;
}
