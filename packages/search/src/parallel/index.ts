export { stabilityTask } from '../stability/job.js';
export type { FoundNeuron, MethodName, NamedSearch } from '../stability/methods.js';
export type { Spread } from '../stability/percentiles.js';
export type {
  CoefficientSpread,
  Frequency,
  PredictionSpread,
  StabilityReport,
  StabilityRun,
  WeightSpread,
} from '../stability/report.js';
export {
  type SearchFunction,
  type StabilityEvent,
  type StabilityOptions,
  stability,
  stabilityDefaults,
} from '../stability/stability.js';
export { type Interval, wilsonInterval } from '../stability/wilson.js';
