export { cpResidualBlocked as cpResidual } from './blocked.js';
export type { CpResidual } from './contract.js';
