export type { FloatArray } from '../gemm/index.js';
export type { Conv, ConvInput, ConvSizes, ConvStrides, ConvWeight } from './contract.js';
export { conv, convInput, convWeight } from './tiled.js';
