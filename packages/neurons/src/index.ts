export { evaluate } from './evaluate.js';
export { type ExpandOptions, expand, expandDefaults } from './expand.js';
export { fromJSON } from './from-json.js';
export { factorColumns, type InteractionSize } from './kernels/polynomial-terms/index.js';
export { type SampledMonomials, sampleMonomials } from './monomial-variance.js';
export type { NeuronStructure } from './neuron-structure.js';
export { polynomialTerms, type TermOptions } from './ops/polynomial-terms.js';
export { polynomialTermsComposed } from './ops/polynomial-terms-composed.js';
export { parameterCount } from './parameter-count.js';
export type { Monomial, Polynomial } from './polynomial.js';
export {
  type CpInteraction,
  type Interaction,
  type PolynomialNeuron,
  type PolynomialNeuronOptions,
  type PowerTerm,
  polynomialNeuron,
} from './polynomial-neuron.js';
export { type PrintOptions, print, printDefaults } from './print.js';
export { printMonomial } from './print-monomial.js';
export { printStructure } from './print-structure.js';
export { structureOf } from './structure-of.js';
export { type JsonNumber, type JsonTensor, jsonVersion, type NeuronJson, toJSON } from './to-json.js';
