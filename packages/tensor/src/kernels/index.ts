export { type Buffer, type CopyStrided, copyStrided, scatterStrided } from './copy/index.js';
export {
  addKernel,
  binaryKernel,
  divKernel,
  type ElementwiseBinary,
  type ElementwiseUnary,
  eachRow,
  mulKernel,
  negKernel,
  type RowKernel,
  squareKernel,
  subKernel,
  unaryKernel,
} from './elementwise/index.js';
export { type FloatArray, GEMM_BLOCK, type Gemm, gemm } from './gemm/index.js';
export {
  argmaxFold,
  argminFold,
  type Fold,
  maxFold,
  minFold,
  prodFold,
  type Reduce,
  reduce,
  sumFold,
} from './reduce/index.js';
