export { softmax } from './by-blocks.js';
export type { LogSumExp, Softmax } from './contract.js';
export { logSumExp } from './log-sum-exp.js';
export { logSumExpScalar, softmaxScalar } from './scalar.js';
