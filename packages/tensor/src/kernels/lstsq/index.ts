export type { Lstsq } from './contract.js';
export { lstsqScalar as lstsq } from './scalar.js';
