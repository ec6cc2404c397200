export { addKernel, divKernel, mulKernel, negKernel, squareKernel, subKernel } from './arithmetic.js';
export type { ElementwiseBinary, ElementwiseUnary } from './contract.js';
export { eachRow, type RowKernel } from './each-row.js';
export { binaryKernel, unaryKernel } from './scalar.js';
