export type { LaneEmitter, LaneOperation, Lanes, LaneType } from './contract.js';
export { type LaneName, laneOperations } from './lane-operations.js';
export * from './operations.js';
export { withLanes } from './with-lanes.js';
