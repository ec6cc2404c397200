export { discover } from './discover/discover.js';
export type { FeatureScale } from './discover/encode-columns.js';
export { InputError } from './discover/input-error.js';
export { type DiscoverEvent, type DiscoverOptions, type DiscoverResult, discoverDefaults } from './discover/options.js';
export type {
  ColumnSummary,
  DataSummary,
  DiscoverReport,
  FormulaSummary,
  ModelSummary,
  PredictionSummary,
  SearchSummary,
  TermSummary,
} from './discover/report.js';
export type { Column, Table } from './discover/table.js';
export type { TargetScale } from './discover/target.js';
export { type GatesOptions, gatesDefaults, type SearchEvent } from './gates/options.js';
export type { InputDistribution } from './problems/distribution.js';
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
export { type SearchResult, type SearchStatus, searchTensorDecomposition } from './search-tensor-decomposition.js';
