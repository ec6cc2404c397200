import type { Neuron } from '@neuronseek/neurons';
import type { Rational } from '../exact/rational.js';
import type { Modulus } from './modulus.js';

/**
 * A real function h that can be evaluated. `evaluate` is its float64 picture; what is certified is h itself, the function in real
 * arithmetic of the float64 numbers that define it.
 */
export interface Approximant<D extends number = number> {
  readonly dimension: D;
  evaluate(x: readonly number[]): number;
  /** Bound of |evaluate(x) − h(x)| for x in the domain it is used on; 0 declares that `evaluate` is the function. */
  readonly evaluationError: number;
  /** h(x) exactly, where h has rational values at rational points. */
  evaluateRational?(x: readonly Rational[]): Rational;
  /** h as a formula or a polynomial, plain data: its first output. Certificates by intervals and by Bernstein coefficients read it. */
  readonly formula?: Neuron;
  readonly modulus?: Modulus;
  /** Given when h is affine between neighbours of this ascending list and beyond its ends. Dimension 1. */
  readonly breakpoints?: readonly number[];
}
