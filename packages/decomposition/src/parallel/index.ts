export { tryRank } from '../metrics/rank/trial.js';
export {
  type CpRestarts,
  type CpRestartsOptions,
  type CpRestartsProgress,
  cpRestarts,
  cpRestartsDefaults,
} from './cp-restarts.js';
export { cpTask } from './cp-task.js';
export { type RankSweepOptions, rankSweep } from './rank-sweep.js';
