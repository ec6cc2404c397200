export type { Lu } from './contract.js';
export { luSolve } from './lu-solve.js';
export { luScalar as lu } from './scalar.js';
