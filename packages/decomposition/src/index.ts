export type { AnyTensor, StructuredTensor } from './convert/any-tensor.js';
export { cpToTt } from './convert/cp-to-tt.js';
export { cpToTucker } from './convert/cp-to-tucker.js';
export { inner } from './convert/inner.js';
export {
  type TtToTuckerOptions,
  type TtToTuckerResult,
  ttToTucker,
  ttToTuckerDefaults,
} from './convert/tt-to-tucker.js';
export { tuckerToTt } from './convert/tucker-to-tt.js';
export type { CpAlsDegeneracy } from './cp/als/divergence.js';
export type { CpAlsOptions } from './cp/als/options.js';
export { cpAlsDefaults } from './cp/als/options.js';
export { type CpResult, cp } from './cp/cp.js';
export { type CpAlsResult, cpAls } from './cp/cp-als.js';
export { type CpGaussNewtonResult, cpGaussNewton } from './cp/cp-gauss-newton.js';
export { cpInner } from './cp/cp-inner.js';
export { type CpNonnegativeResult, cpNonnegative } from './cp/cp-nonnegative.js';
export { cpNorm } from './cp/cp-norm.js';
export { type CpOptResult, cpOpt } from './cp/cp-opt.js';
export { type CpRandomizedResult, cpRandomized } from './cp/cp-randomized.js';
export {
  type CpStreamAddOptions,
  type CpStreamOptions,
  cpStream,
  cpStreamAdd,
  cpStreamAddDefaults,
  cpStreamModel,
} from './cp/cp-stream.js';
export { type CpSymmetricResult, cpSymmetric } from './cp/cp-symmetric.js';
export { type CpTensor, cpTensor } from './cp/cp-tensor.js';
export { cpToTensor } from './cp/cp-to-tensor.js';
export { type CpWeightedResult, cpWeighted } from './cp/cp-weighted.js';
export { type CpOptions, type CpStart, cpDefaults } from './cp/driver/options.js';
export type { CpStartReport } from './cp/driver/run-starts.js';
export { type CpGaussNewtonOptions, cpGaussNewtonDefaults } from './cp/gauss-newton/options.js';
export type { GcpLoss, GcpLossName } from './cp/gcp/losses.js';
export { type GcpOptions, type GcpProgress, gcpDefaults } from './cp/gcp/options.js';
export { type GcpResult, gcp } from './cp/gcp.js';
export {
  type CpInitMethod,
  type InitializeCpOptions,
  initializeCp,
  initializeCpDefaults,
} from './cp/initialize-cp.js';
export { type CpNonnegativeOptions, cpNonnegativeDefaults } from './cp/nonnegative/options.js';
export { normalizeCp } from './cp/normalize-cp.js';
export { type CpOptOptions, cpOptDefaults } from './cp/opt/options.js';
export { type CpRandomizedOptions, cpRandomizedDefaults } from './cp/randomized/options.js';
export type { CpStream } from './cp/streaming/stream.js';
export { type CpSymmetricOptions, cpSymmetricDefaults } from './cp/symmetric/options.js';
export { symmetrize } from './cp/symmetric/symmetrize.js';
export { type CpWeightedOptions, cpWeightedDefaults } from './cp/weighted/options.js';
export { cpAt } from './differentiable/cp-at.js';
export { tuckerAt } from './differentiable/tucker-at.js';
export type { FitOptions, FitProgress, FitReport, FitStatus } from './fit/fit.js';
export { cpLoss } from './losses/cp-loss.js';
export { cpWeightedLoss } from './losses/cp-weighted-loss.js';
export { type GcpLossOptions, gcpLoss } from './losses/gcp-loss.js';
export { type LossOptions, lossDefaults, type WeightedLossOptions } from './losses/loss-options.js';
export { sampleLoss } from './losses/sample-loss.js';
export { ttLoss } from './losses/tt-loss.js';
export { tuckerLoss } from './losses/tucker-loss.js';
export { congruence } from './metrics/congruence.js';
export {
  type CoreConsistency,
  type CoreConsistencyOptions,
  coreConsistency,
  coreConsistencyDefaults,
} from './metrics/core-consistency.js';
export { type Degeneracy, degeneracy } from './metrics/degeneracy.js';
export {
  type FactorMatch,
  type FactorMatchScoreOptions,
  factorMatchScore,
  factorMatchScoreDefaults,
} from './metrics/factor-match-score.js';
export type { Spectra } from './metrics/rank/spectra.js';
export type { RankCandidate } from './metrics/rank/trial.js';
export { type Stability, stability } from './metrics/stability.js';
export {
  type RankCriteria,
  type SuggestedRank,
  type SuggestRankOptions,
  type SuggestRankProgress,
  suggestRank,
  suggestRankDefaults,
} from './metrics/suggest-rank.js';
export { fold } from './multilinear/fold.js';
export { khatriRao } from './multilinear/khatri-rao.js';
export { kronecker } from './multilinear/kronecker.js';
export { type ModeProductOptions, modeProduct, modeProductDefaults } from './multilinear/mode-product.js';
export { type ModeProductsOptions, modeProducts, modeProductsDefaults } from './multilinear/mode-products.js';
export { mttkrp } from './multilinear/mttkrp.js';
export { type ColumnOrder, type UnfoldOptions, unfold, unfoldDefaults } from './multilinear/unfold.js';
export { fromArrays } from './plain/from-arrays.js';
export { fromPlain } from './plain/from-plain.js';
export { toArrays } from './plain/to-arrays.js';
export { type Plain, type PlainNumber, type PlainTensor, toPlain } from './plain/to-plain.js';
export {
  type BorderRankProblem,
  type BorderRankProblemOptions,
  borderRankProblem,
  borderRankProblemDefaults,
} from './problems/border-rank-problem.js';
export {
  type CollinearFactorsOptions,
  collinearFactors,
  collinearFactorsDefaults,
} from './problems/collinear-factors.js';
export {
  type CreateProblemOptions,
  createProblem,
  createProblemDefaults,
  type Problem,
} from './problems/create-problem.js';
export { ttAdd, ttHadamard, ttScale, ttSub } from './tt/arithmetic.js';
export {
  type TtCrossFunction,
  type TtCrossOptions,
  type TtCrossProgress,
  ttCrossDefaults,
} from './tt/cross/options.js';
export { type TtExtreme, type TtExtremeOptions, ttExtremeDefaults, ttMaximum, ttMinimum } from './tt/extremes.js';
export { type TtAlsOptions, type TtAlsProgress, ttAlsDefaults } from './tt/fit/options.js';
export type { SampleValues } from './tt/fit/samples.js';
export { type TtAlsResult, ttAls } from './tt/fit/tt-als.js';
export { type TtOptOptions, type TtOptResult, type TtSampleData, ttOpt, ttOptDefaults } from './tt/fit/tt-opt.js';
export { type TtRandomOptions, ttOnes, ttRandom, ttRandomDefaults } from './tt/make.js';
export { ttSlice, ttSum, ttSumModes } from './tt/marginals.js';
export { ttOrthogonalize } from './tt/orthogonalize.js';
export { qtt, qttToTensor } from './tt/quantised.js';
export {
  type TtCompleteOptions,
  type TtCompleteResult,
  ttComplete,
  ttCompleteDefaults,
} from './tt/riemannian/tt-complete.js';
export { ttProject } from './tt/riemannian/tt-project.js';
export { ttRound } from './tt/round.js';
export type { SampleIndices } from './tt/sample-indices.js';
export { type TtResult, tensorTrain } from './tt/tensor-train.js';
export { type TtTruncation, ttTruncationDefaults } from './tt/truncation.js';
export { ttAt, ttElement } from './tt/tt-at.js';
export { type TtCrossResult, ttCross } from './tt/tt-cross.js';
export { ttInner, ttNorm } from './tt/tt-inner.js';
export { ttMatmul, ttMatvec } from './tt/tt-matmul.js';
export {
  type TtMatrix,
  type TtMatrixResult,
  ttIdentity,
  ttMatrix,
  ttMatrixToTensor,
  ttMatrixTranspose,
} from './tt/tt-matrix.js';
export { type TtTensor, ttRanks, ttShape, ttTensor } from './tt/tt-tensor.js';
export { ttToTensor } from './tt/tt-to-tensor.js';
export {
  type TuckerOptOptions,
  type TuckerOptResult,
  tuckerOptDefaults,
  tuckerWeightedDefaults,
} from './tucker/gradient/options.js';
export { tuckerOpt } from './tucker/gradient/tucker-opt.js';
export { tuckerWeighted } from './tucker/gradient/tucker-weighted.js';
export { hooi, type TuckerResult } from './tucker/hooi/hooi.js';
export { type HooiOptions, hooiDefaults, type SweepOptions } from './tucker/hooi/options.js';
export { hosvd } from './tucker/hosvd.js';
export { type TuckerNonnegativeOptions, tuckerNonnegativeDefaults } from './tucker/nonnegative/options.js';
export { type TuckerNonnegativeResult, tuckerNonnegative } from './tucker/nonnegative/tucker-nonnegative.js';
export { type NormalizeTuckerOptions, normalizeTucker, normalizeTuckerDefaults } from './tucker/normalize-tucker.js';
export type { TuckerSize } from './tucker/size-options.js';
export { stHosvd } from './tucker/st-hosvd.js';
export type { TruncatedTucker } from './tucker/truncated-tucker.js';
export {
  type HosvdOptions,
  hosvdDefaults,
  type StHosvdOptions,
  stHosvdDefaults,
  type TruncationOptions,
} from './tucker/truncation-options.js';
export { tucker } from './tucker/tucker.js';
export { tuckerInner } from './tucker/tucker-inner.js';
export { tuckerNorm } from './tucker/tucker-norm.js';
export { type TuckerOptions, type TuckerSweepOptions, tuckerDefaults } from './tucker/tucker-options.js';
export { type TuckerTensor, tuckerTensor } from './tucker/tucker-tensor.js';
export { tuckerToTensor } from './tucker/tucker-to-tensor.js';
