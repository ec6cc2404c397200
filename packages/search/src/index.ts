export { InputError } from './discover/input-error.js';
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
export { type GatesOptions, gatesDefaults, type SearchEvent } from './gates/options.js';
export { type SearchResult, type SearchStatus, searchTensorDecomposition } from './search-tensor-decomposition.js';
