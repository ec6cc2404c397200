export { certificateFault } from './certificates/certificate-fault.js';
export {
  type CertifyEvent,
  type CertifySupNormOptions,
  certifySupNorm,
  certifySupNormDefaults,
} from './certificates/certify-sup-norm.js';
export { checkCertificate } from './certificates/check-certificate.js';
export type { SupNormCertificate } from './certificates/sup-norm-certificate.js';
export {
  type BernsteinPolynomial,
  bernsteinBound,
  bernsteinMaxDegree,
  bernsteinPolynomial,
} from './classical/bernstein-polynomial.js';
export { chebyshevLowerBound, type ImpossibilityCertificate } from './classical/chebyshev-lower-bound.js';
export { deepSawtooth, deepSawtoothMaxSteps } from './classical/deep-sawtooth.js';
export { kernelObstruction } from './classical/kernel-obstruction.js';
export { gapsAreDisjoint, koeppenInner, koeppenWeights } from './classical/koeppen-inner.js';
export { metricEntropyLowerBound } from './classical/metric-entropy-lower-bound.js';
export { reluProduct, reluProductMaxSteps } from './classical/relu-product.js';
export { sawtoothSquare, sawtoothSquareMaxSteps } from './classical/sawtooth-square.js';
export {
  type ExactPolynomialNeuronOptions,
  exactPolynomialNeuron,
  exactPolynomialNeuronDefaults,
} from './constructions/exact-polynomial-neuron.js';
export type { Network } from './constructions/network.js';
export { piecewiseLinearBound } from './constructions/piecewise-linear-bound.js';
export { piecewiseLinearNetwork } from './constructions/piecewise-linear-network.js';
export { type Polarization, polarization, polarizationMaxOrder } from './constructions/polarization.js';
export {
  type BernsteinForm,
  bernsteinCoefficients,
  bernsteinRange,
  evaluateBernstein,
  subdivideBernstein,
} from './exact/bernstein.js';
export { cosineFixed } from './exact/cosine.js';
export { evaluateNeuronRational } from './exact/evaluate-neuron-rational.js';
export { evaluatePolynomialRational } from './exact/evaluate-polynomial-rational.js';
export {
  addFixed,
  divideFixed,
  type FixedPoint,
  fixedPoint,
  fixedToRational,
  multiplyFixed,
  squareRootFixed,
} from './exact/fixed-point.js';
export type { Interval } from './exact/interval.js';
export * as interval from './exact/interval.js';
export * as intervalFunctions from './exact/interval-functions.js';
export { babai } from './exact/lattice/babai.js';
export { latticeFault } from './exact/lattice/lattice-fault.js';
export { lll, type ReducedBasis } from './exact/lattice/lll.js';
export { piFixed } from './exact/pi.js';
export { type Rational, rational } from './exact/rational.js';
export { roundDown, roundNearest, roundUp } from './exact/round.js';
export { toRational } from './exact/to-rational.js';
export {
  type CountLinearPiecesOptions,
  countLinearPieces,
  countLinearPiecesDefaults,
  type Line,
  type LinearPieces,
} from './expressivity/count-linear-pieces.js';
export {
  type BoundedError,
  type EstimateRateOptions,
  estimateRate,
  estimateRateDefaults,
  type RateEstimate,
} from './expressivity/estimate-rate.js';
export { formulaFunction } from './expressivity/formula-function.js';
export { type FunctionTargetOptions, functionTarget } from './expressivity/function-target.js';
export { networkFunction } from './expressivity/network-function.js';
export {
  type TrajectoryLength,
  type TrajectoryLengthOptions,
  trajectoryLength,
  trajectoryLengthDefaults,
} from './expressivity/trajectory-length.js';
export { type DigitFunction, digitBound, digitFunction } from './superexpressive/digits/digit-function.js';
export { type DigitCode, encodeDigits, readDigit } from './superexpressive/digits/encode-digits.js';
export {
  type FloorExponentialNetwork,
  floorExponentialNetwork,
} from './superexpressive/digits/floor-exponential-network.js';
export {
  type CompositionNumber,
  type CompositionNumberOptions,
  chebyshevFixed,
  compositionNumber,
  compositionNumberDefaults,
} from './superexpressive/lattice/composition-number.js';
export { euaf } from './superexpressive/lattice/euaf.js';
export { type EuafNetwork, euafBound, euafNetwork } from './superexpressive/lattice/euaf-network.js';
export {
  type KroneckerCode,
  type KroneckerFitOptions,
  kroneckerFit,
  kroneckerFitDefaults,
  kroneckerMaxTargets,
} from './superexpressive/lattice/kronecker-fit.js';
export {
  type EncodeOrbitOptions,
  encodeOrbit,
  encodeOrbitDefaults,
  type OrbitCode,
  orbitBound,
  orbitPoints,
} from './superexpressive/orbit-code.js';
export { orbitFunction } from './superexpressive/orbit-function.js';
export type { Approximant } from './targets/approximant.js';
export {
  type CheckModulusOptions,
  checkModulus,
  checkModulusDefaults,
  type ModulusCheck,
  type ModulusWitness,
} from './targets/check-modulus.js';
export { hoelderModulus } from './targets/hoelder-modulus.js';
export { type HoelderTargetOptions, hoelderTarget, hoelderTargetDefaults } from './targets/hoelder-target.js';
export { lipschitzModulus } from './targets/lipschitz-modulus.js';
export type { Modulus } from './targets/modulus.js';
export { piecewiseLinearTarget } from './targets/piecewise-linear-target.js';
export {
  type PolynomialTargetOptions,
  polynomialTarget,
  polynomialTargetDefaults,
} from './targets/polynomial-target.js';
export { requireModulus } from './targets/require-modulus.js';
export { takagiMaxTerms, takagiTarget } from './targets/takagi-target.js';
export type { Box, TargetFunction } from './targets/target-function.js';
export type { Counterexample, NegativeControlName, TheoremName, Verdict } from './theorems/verdict.js';
export {
  negativeControlNames,
  verifyNegativeControl,
  verifyNegativeControls,
} from './theorems/verify-negative-controls.js';
export { type VerifyEvent, type VerifyOptions, verifyDefaults } from './theorems/verify-options.js';
export { theoremNames, verifyTheorem } from './theorems/verify-theorem.js';
