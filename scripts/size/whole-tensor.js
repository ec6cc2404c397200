// Every entry of @neuronseek/tensor in one bundle, for the size budget of the whole package.

export * as tensor from '../../packages/tensor/dist/browser/index.js';
export * as io from '../../packages/tensor/dist/browser/io/index.js';
export * as kernels from '../../packages/tensor/dist/browser/kernels/index.js';
export * as linalg from '../../packages/tensor/dist/browser/linalg/index.js';
export * as math from '../../packages/tensor/dist/browser/math/index.js';
export * as ndarray from '../../packages/tensor/dist/browser/ndarray/index.js';
export * as parallel from '../../packages/tensor/dist/browser/parallel/index.js';
export * as random from '../../packages/tensor/dist/browser/random/index.js';
