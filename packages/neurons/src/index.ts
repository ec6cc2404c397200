export type { InteractionSize } from './kernels/polynomial-terms/index.js';
export { polynomialTerms, type TermOptions } from './ops/polynomial-terms.js';
export { polynomialTermsComposed } from './ops/polynomial-terms-composed.js';
