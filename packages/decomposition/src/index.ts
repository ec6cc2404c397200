export { fold } from './multilinear/fold.js';
export { khatriRao } from './multilinear/khatri-rao.js';
export { kronecker } from './multilinear/kronecker.js';
export { type ModeProductOptions, modeProduct, modeProductDefaults } from './multilinear/mode-product.js';
export { mttkrp } from './multilinear/mttkrp.js';
export { unfold } from './multilinear/unfold.js';
