export { type GatedNormBackward, type GatedNormForward, type GatedNormSizes, normEpsilon } from './contract.js';
export { gatedNormBackward, gatedNormForward } from './scalar.js';
