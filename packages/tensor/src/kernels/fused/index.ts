export type { FusedKernel, FusedProgram } from './contract.js';
export { fusedKernel } from './fused-kernel.js';
