export { applyReflector } from './apply-reflector.js';
export {
  applyBlockReflector,
  type BlockReflector,
  blockReflector,
  REFLECTOR_BLOCK,
  reflectorSpace,
} from './block-reflector.js';
export type { Householder } from './contract.js';
export { reflector } from './reflector.js';
