export { absorbScaling } from './absorb-scaling.js';
export { compile } from './compile.js';
export { type DifferentiateOptions, differentiate } from './differentiate.js';
export {
  type Equivalence,
  type EquivalentOptions,
  equivalent,
  equivalentDefaults,
} from './equivalent.js';
export { evaluate } from './evaluate.js';
export {
  type EquivalentPolynomialsOptions,
  equivalentPolynomials,
  equivalentPolynomialsDefaults,
} from './exact/equivalent-polynomials.js';
export { evaluateExact } from './exact/evaluate-exact.js';
export type { ExactMonomial, ExactPolynomial } from './exact/exact-polynomial.js';
export { isPolynomial } from './exact/is-polynomial.js';
export { nextDown, nextUp } from './exact/next-double.js';
export {
  absolute as absoluteRational,
  add as addRationals,
  compare as compareRationals,
  divide as divideRationals,
  larger as largerRational,
  multiply as multiplyRationals,
  negate as negateRational,
  power as powerOfRational,
  type Rational,
  rational,
  subtract as subtractRationals,
  zero as zeroRational,
} from './exact/rational.js';
export { roundDown, roundNearest, roundUp } from './exact/round.js';
export { toRational } from './exact/to-rational.js';
export { type ExpandOptions, expand, expandDefaults } from './expand.js';
export type { CompiledNeuron } from './expressions/compiled-neuron.js';
export * as expression from './expressions/construct.js';
export type { Witness } from './expressions/equivalence/compare-samples.js';
export type { Expression, FunctionName } from './expressions/expression.js';
export {
  type ExpressionNeuron,
  type ExpressionNeuronOptions,
  expressionNeuron,
} from './expressions/expression-neuron.js';
export { coefficientTensor } from './forms/coefficient-tensor.js';
export {
  type InteractionFromTensor,
  type InteractionFromTensorOptions,
  interactionFromTensor,
  interactionFromTensorDefaults,
} from './forms/interaction-from-tensor.js';
export { toCp } from './forms/to-cp.js';
export { toTt } from './forms/to-tt.js';
export { toTucker } from './forms/to-tucker.js';
export { fromJSON } from './from-json.js';
export type {
  CpInteraction,
  Interaction,
  SymmetricInteraction,
  TtInteraction,
  TuckerInteraction,
} from './interaction.js';
export { factorColumns, type InteractionSize } from './kernels/polynomial-terms/index.js';
export { type SampledMonomials, sampleMonomials } from './monomial-variance.js';
export type { Neuron } from './neuron.js';
export type { InteractionStructure, NeuronStructure } from './neuron-structure.js';
export { interactionTerm } from './ops/interaction-term.js';
export { polynomialTerms, type TermOptions } from './ops/polynomial-terms.js';
export { polynomialTermsComposed } from './ops/polynomial-terms-composed.js';
export { parameterCount } from './parameter-count.js';
export { type ParseOptions, parse, parseDefaults } from './parse.js';
export type { Monomial, Polynomial } from './polynomial.js';
export {
  type PolynomialNeuron,
  type PolynomialNeuronOptions,
  type PowerTerm,
  polynomialNeuron,
} from './polynomial-neuron.js';
export { type PrintOptions, print, printDefaults } from './print.js';
export { printMonomial } from './print-monomial.js';
export { printStructure } from './print-structure.js';
export type { Scaling } from './scaling.js';
export { simplify } from './simplify.js';
export { structureOf } from './structure-of.js';
export type { ExpressionJson, ExpressionNeuronJson } from './text/expression-json.js';
export { type TextFormat, textFormats } from './text/text-format.js';
export { toExpressionNeuron } from './text/to-expression-neuron.js';
export { toPolynomialNeuron } from './text/to-polynomial-neuron.js';
export {
  type InteractionJson,
  type JsonNumber,
  type JsonTensor,
  jsonVersion,
  type NeuronJson,
  toJSON,
} from './to-json.js';
export { type ScalingOptions, withScaling, withScalingDefaults } from './with-scaling.js';
