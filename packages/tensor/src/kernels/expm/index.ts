export type { Expm } from './contract.js';
export { expmScalar as expm } from './scalar.js';
