export type { Svd } from './contract.js';
export { svdScalar as svd, svdvalsScalar as svdvals } from './scalar.js';
