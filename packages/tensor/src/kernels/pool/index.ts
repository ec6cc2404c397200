export type { AveragePool, AverageUnpool, MaxPositions, PoolSizes } from './contract.js';
export { averagePool, averageUnpool, maxPositions } from './scalar.js';
