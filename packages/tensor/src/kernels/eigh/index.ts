export type { Eigh, Eigvalsh } from './contract.js';
export { eighScalar as eigh, eigvalshScalar as eigvalsh } from './scalar.js';
