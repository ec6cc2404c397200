import type { TheoremCase } from '../case-result.js';
import { depthSeparationCase, reluProductCase, reluSquareCase } from './relu-cases.js';
import {
  boundedWeightsCase,
  koeppenCase,
  koeppenSmallBaseCase,
  narrowFirstLayerCase,
  polarizationCase,
  polynomialOfAbsCase,
} from './structure-cases.js';

/** Classical theorems by name. */
export const classicalTheorems = {
  'relu-square': reluSquareCase,
  'relu-product': reluProductCase,
  'depth-separation': depthSeparationCase,
  'polarization-identity': polarizationCase,
  'koeppen-inner-function': koeppenCase,
} as const satisfies Readonly<Record<string, TheoremCase>>;

/** What classical theory says must fail, by name. */
export const classicalControls = {
  'polynomials-of-fixed-degree': polynomialOfAbsCase,
  'width-below-dimension': narrowFirstLayerCase,
  'bounded-weights-and-depth': boundedWeightsCase,
  'koeppen-small-base': koeppenSmallBaseCase,
} as const satisfies Readonly<Record<string, TheoremCase>>;

/** Names of {@link classicalTheorems}. */
export type ClassicalTheoremName = keyof typeof classicalTheorems;
/** Names of {@link classicalControls}. */
export type ClassicalControlName = keyof typeof classicalControls;
/** All of them, in the sequence of the register. */
export const classicalTheoremNames: readonly ClassicalTheoremName[] = [
  'relu-square',
  'relu-product',
  'depth-separation',
  'polarization-identity',
  'koeppen-inner-function',
];
/** All of them, in the sequence of the register. */
export const classicalControlNames: readonly ClassicalControlName[] = [
  'polynomials-of-fixed-degree',
  'width-below-dimension',
  'bounded-weights-and-depth',
  'koeppen-small-base',
];
