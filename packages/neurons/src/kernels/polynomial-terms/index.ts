export type { BackwardKernel, ForwardKernel, InteractionSize, TermSizes } from './contract.js';
export { factorColumns } from './contract.js';
export { backwardFused as polynomialTermsBackward, forwardFused as polynomialTermsForward } from './fused.js';
