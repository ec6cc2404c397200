export { modeGramByGemm as modeGram } from './by-gemm.js';
export type { ModeGram } from './contract.js';
