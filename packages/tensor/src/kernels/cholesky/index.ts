export type { Cholesky } from './contract.js';
export { choleskyScalar as cholesky } from './scalar.js';
