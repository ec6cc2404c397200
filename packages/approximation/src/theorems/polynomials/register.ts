import type { TheoremCase } from '../case-result.js';
import { bernsteinCase } from './bernstein-case.js';

/** Theorems about approximation by polynomials, by name. */
export const polynomialTheorems = { 'bernstein-polynomial': bernsteinCase } as const satisfies Readonly<
  Record<string, TheoremCase>
>;

/** What must fail about it, by name. */
export const polynomialControls = {} as const satisfies Readonly<Record<string, TheoremCase>>;
