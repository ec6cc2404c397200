export type { AdamKernel, AdamStep } from './contract.js';
export { adamKernel } from './scalar.js';
