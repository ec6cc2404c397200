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
