import type { TheoremCase } from '../case-result.js';
import { orbitCodeCase, orbitInFloat64 } from './orbit-code-case.js';

/** Theorems about functions written into an orbit, by name. */
export const orbitTheorems = { 'orbit-code': orbitCodeCase } as const satisfies Readonly<Record<string, TheoremCase>>;

/** What must fail about them, by name. */
export const orbitControls = { 'orbit-in-float64': orbitInFloat64 } as const satisfies Readonly<
  Record<string, TheoremCase>
>;
