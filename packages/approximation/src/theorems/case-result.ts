import type { Key } from '@neuronseek/tensor/random';

/** What came of one drawn case. */
export interface CaseResult {
  readonly margin: number;
  /** What went wrong, if anything did. */
  readonly fault?: string;
}

/** Draws a case from a key and looks at it. */
export type TheoremCase = (key: Key) => CaseResult;
