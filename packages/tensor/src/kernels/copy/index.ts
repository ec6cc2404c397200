export type { Buffer, CopyStrided } from './contract.js';
export { copyStrided } from './scalar.js';
export { scatterStrided } from './scatter.js';
