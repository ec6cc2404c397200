export {
  type NormalizedSumBackward,
  type NormalizedSumForward,
  type NormalizedSumSizes,
  normalizationEpsilon,
} from './contract.js';
export { normalizedSumBackward, normalizedSumForward } from './scalar.js';
