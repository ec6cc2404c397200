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
