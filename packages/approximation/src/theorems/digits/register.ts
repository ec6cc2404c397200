import type { TheoremCase } from '../case-result.js';

/** Theorems about functions written into digits, by name. */
export const digitTheorems = {} as const satisfies Readonly<Record<string, TheoremCase>>;

/** What must fail about them, by name. */
export const digitControls = {} as const satisfies Readonly<Record<string, TheoremCase>>;
