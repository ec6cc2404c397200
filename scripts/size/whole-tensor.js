// Every entry of @neuronseek/tensor in one bundle, for the size budget of the whole package.

export * as tensor from '../../packages/tensor/dist/index.js';
export * as io from '../../packages/tensor/dist/io/index.js';
export * as kernels from '../../packages/tensor/dist/kernels/index.js';
export * as linalg from '../../packages/tensor/dist/linalg/index.js';
export * as math from '../../packages/tensor/dist/math/index.js';
export * as ndarray from '../../packages/tensor/dist/ndarray/index.js';
export * as parallel from '../../packages/tensor/dist/parallel/index.js';
export * as random from '../../packages/tensor/dist/random/index.js';
