export type { KhatriRaoKernel } from './contract.js';
export { khatriRaoGrowing as khatriRaoKernel } from './growing.js';
