export { applyReflector } from './apply-reflector.js';
export type { Householder } from './contract.js';
export { reflector } from './reflector.js';
