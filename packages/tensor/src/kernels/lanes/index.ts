export type { LaneEmitter, Lanes, LaneType } from './contract.js';
export { type LaneName, laneEmitters, leavesOut } from './lane-emitters.js';
export { laneScalars } from './lane-scalars.js';
export { withLanes } from './with-lanes.js';
