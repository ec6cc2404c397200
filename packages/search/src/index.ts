export type { Confirmation } from './als/confirm.js';
export type { TermEvidence } from './als/evidence.js';
export { type AlsEvent, type AlsOptions, alsDefaults } from './als/options.js';
export type { AlsResult } from './als/search-als.js';
export { discover } from './discover/discover.js';
export type { FeatureScale } from './discover/encode-columns.js';
export { InputError } from './discover/input-error.js';
export {
  type ClosedFormChoice,
  type DiscoverEvent,
  type DiscoverOptions,
  type DiscoverResult,
  discoverDefaults,
  type GatesChoice,
} from './discover/options.js';
export type {
  AlsSummary,
  ColumnSummary,
  DataSummary,
  DiscoverReport,
  FormulaSummary,
  FoundTermSummary,
  GatesSummary,
  ModelSummary,
  PredictionSummary,
  SearchSummary,
  TermSummary,
} from './discover/report.js';
export type { Column, Table } from './discover/table.js';
export type { TargetScale } from './discover/target.js';
export { type GatesOptions, gatesDefaults, paperDefaults, type SearchEvent } from './gates/options.js';
export type { SearchResult, SearchStatus } from './gates/result.js';
export type { InputDistribution } from './problems/distribution.js';
export { feynman, feynmanProblems } from './problems/formulas/feynman.js';
export type { FormulaProblem, GridAxis, Range, Sampling } from './problems/formulas/formula-problem.js';
export { friedman } from './problems/formulas/friedman.js';
export { keijzer } from './problems/formulas/keijzer.js';
export { nguyen } from './problems/formulas/nguyen.js';
export { type SampledProblem, type SampleOptions, sampleProblem } from './problems/formulas/sample-problem.js';
export {
  mixtureProblem,
  mixtureProblems,
  noiseProblem,
  syntheticProblem,
  syntheticProblems,
} from './problems/synthetic.js';
export {
  type SyntheticOptions,
  type SyntheticProblem,
  type SyntheticTruth,
  syntheticDefaults,
} from './problems/synthetic-problem.js';
export { type EqlEvent, type EqlOptions, type EqlUnit, searchEqlDefaults } from './rivals/eql/options.js';
export { type EqlResult, searchEql } from './rivals/eql/search-eql.js';
export {
  type GeneticEvent,
  type GeneticOptions,
  searchGeneticProgrammingDefaults,
} from './rivals/genetic/options.js';
export type { FrontFormula, GeneticResult } from './rivals/genetic/result.js';
export { searchGeneticProgramming } from './rivals/genetic/search-genetic-programming.js';
export {
  type MetaSymNetEvent,
  type MetaSymNetOptions,
  searchMetaSymNetDefaults,
} from './rivals/metasymnet/options.js';
export { type MetaSymNetResult, searchMetaSymNet } from './rivals/metasymnet/search-metasymnet.js';
export { type GeneFunction, geneFunctions } from './rivals/programs/opcodes.js';
export {
  searchVectorizedSRDefaults,
  type VectorizedEvent,
  type VectorizedOptions,
} from './rivals/vectorized/options.js';
export { searchVectorizedSR, type VectorizedResult } from './rivals/vectorized/search-vectorized-sr.js';
export { searchTensorDecomposition } from './search-tensor-decomposition.js';
export type { FoundNeuron, MethodName, NamedSearch } from './stability/methods.js';
export type { Spread } from './stability/percentiles.js';
export type {
  CoefficientSpread,
  Frequency,
  PredictionSpread,
  StabilityReport,
  StabilityRun,
  WeightSpread,
} from './stability/report.js';
export {
  type SearchFunction,
  type StabilityEvent,
  type StabilityOptions,
  stability,
  stabilityDefaults,
} from './stability/stability.js';
export { type Interval, wilsonInterval } from './stability/wilson.js';
