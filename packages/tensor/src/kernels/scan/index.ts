export type { Recurrence, Scan } from './contract.js';
export { cumprod, cumsum, recurrence } from './scalar.js';
