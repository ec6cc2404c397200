import type { TheoremCase } from '../case-result.js';
import { bitsBelowEntropyCase, digitCodeCase, floorExponentialCase } from './digit-cases.js';

/** Theorems about functions written into digits, by name. */
export const digitTheorems = {
  'digit-code': digitCodeCase,
  'floor-exponential': floorExponentialCase,
} as const satisfies Readonly<Record<string, TheoremCase>>;

/** What must fail about them, by name. */
export const digitControls = { 'bits-below-entropy': bitsBelowEntropyCase } as const satisfies Readonly<
  Record<string, TheoremCase>
>;
