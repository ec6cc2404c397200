export type { Eigh } from './contract.js';
export { eighScalar as eigh } from './scalar.js';
