export type { Select } from './contract.js';
export { select } from './scalar.js';
