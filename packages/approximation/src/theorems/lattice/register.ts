import type { TheoremCase } from '../case-result.js';

/** Theorems about functions written into multiples of independent frequencies, by name. */
export const latticeTheorems = {} as const satisfies Readonly<Record<string, TheoremCase>>;

/** What must fail about them, by name. */
export const latticeControls = {} as const satisfies Readonly<Record<string, TheoremCase>>;
