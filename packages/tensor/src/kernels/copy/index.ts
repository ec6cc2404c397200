export { copyStrided } from './choose.js';
export type { Buffer, CopyStrided } from './contract.js';
export { scatterStrided } from './scatter.js';
