import type { Verdict } from './verdict.js';

/** What is reported after each case. */
export interface VerifyEvent {
  readonly theorem: Verdict['theorem'];
  /** Cases done. */
  readonly run: number;
  readonly runs: number;
}

/** Options of `verifyTheorem` and `verifyNegativeControls`. */
export interface VerifyOptions {
  /** Cases to draw. Default: 100. */
  readonly runs?: number;
  /** Default: 0. */
  readonly seed?: number;
  /** Stops between cases; the verdict then speaks of those done. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: VerifyEvent) => void;
}

/** Defaults of `verifyTheorem` and `verifyNegativeControls`. */
export const verifyDefaults: Required<Pick<VerifyOptions, 'runs' | 'seed'>> = { runs: 100, seed: 0 };
