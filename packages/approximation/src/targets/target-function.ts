import type { Approximant } from './approximant.js';
import type { Modulus } from './modulus.js';

/** An axis-parallel box: [lower, upper] for each axis. */
export type Box = readonly (readonly [number, number])[];

/** A function to approximate, on a box, with a declared modulus of continuity. So far every constructor makes dimension 1. */
export interface TargetFunction<D extends number = number> extends Approximant<D> {
  readonly domain: Box;
  readonly modulus: Modulus;
  /** An interval that contains all values. */
  readonly range: readonly [number, number];
}
