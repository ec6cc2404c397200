import type { TheoremCase } from '../case-result.js';

/** Theorems about approximation by polynomials, rational functions and sums of waves, by name. */
export const polynomialTheorems = {} as const satisfies Readonly<Record<string, TheoremCase>>;

/** What must fail about them, by name. */
export const polynomialControls = {} as const satisfies Readonly<Record<string, TheoremCase>>;
