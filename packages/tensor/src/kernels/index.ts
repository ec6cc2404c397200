export { type FloatArray, GEMM_BLOCK, type Gemm, gemm } from './gemm/index.js';
