export { mttkrpByGemm as mttkrpKernel, mttkrpSweepByGemm as mttkrpSweep } from './by-gemm.js';
export type { Mttkrp, MttkrpSweep } from './contract.js';
export { balancedCut, productOf } from './cut.js';
