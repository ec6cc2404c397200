export { workspace } from '../wasm/runtime.js';
export { type Workspace, workspaceBytes } from '../wasm/workspace.js';
export { type AdamKernel, type AdamStep, adamKernel } from './adam/index.js';
export { type Cholesky, cholesky } from './cholesky/index.js';
export { type Buffer, type CopyStrided, copyStrided, scatterStrided } from './copy/index.js';
export { type Eigh, type Eigvalsh, eigh, eigvalsh } from './eigh/index.js';
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
export { type Expm, expm } from './expm/index.js';
export { type FloatArray, GEMM_BLOCK, type Gemm, gemm } from './gemm/index.js';
export { applyReflector, type Householder, reflector } from './householder/index.js';
export { type Lstsq, lstsq } from './lstsq/index.js';
export { type Lu, lu, luSolve } from './lu/index.js';
export { balancedCut, type Mttkrp, type MttkrpSweep, mttkrp, mttkrpSweep } from './mttkrp/index.js';
export { type Norm2, norm2 } from './norm2/index.js';
export { type Qr, qr, qrApply, qrFormQ } from './qr/index.js';
export {
  allFold,
  anyFold,
  argmaxFold,
  argminFold,
  countNonzeroFold,
  type Fold,
  maxFold,
  minFold,
  prodFold,
  type Reduce,
  reduce,
  reduceScalar,
  sumFold,
} from './reduce/index.js';
export { cumprod, cumsum, type Recurrence, recurrence, type Scan } from './scan/index.js';
export { type Select, select } from './select/index.js';
export { type LogSumExp, logSumExp, type Softmax, softmax } from './softmax/index.js';
export { type ArgsortRows, argsortRows, type SortRows, sortRows, type TopRows, topRows } from './sort/index.js';
export { type Svd, svd, svdvals } from './svd/index.js';
export {
  type AddAlong,
  type Along,
  addAlong,
  type ScatterAdd,
  scatterAdd,
  type Take,
  type TakeAlong,
  take,
  takeAlong,
} from './take/index.js';
export { type TriangularSolve, triangularSolve } from './triangular-solve/index.js';
