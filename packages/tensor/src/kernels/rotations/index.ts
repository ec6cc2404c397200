export { ROTATED_COLUMNS, type RotateRows } from './contract.js';
export {
  beginSweep,
  flushSweeps,
  type RotationLog,
  rotationLog,
  rotationsLength,
  sweepsLength,
} from './rotation-log.js';
export { rotateRowsScalar } from './scalar.js';
export { makeRotateRows } from './wasm.js';
export { type WorkArrays, workArrays, workStride } from './work-arrays.js';
