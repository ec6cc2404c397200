export { softmax } from './by-blocks.js';
export type { Softmax } from './contract.js';
export { softmaxScalar } from './scalar.js';
