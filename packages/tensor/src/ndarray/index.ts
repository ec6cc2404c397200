export { type FromNdarrayOptions, fromNdarray } from './from-ndarray.js';
export type { GenericStore, NdarrayLike } from './ndarray-like.js';
export { type NdarrayConstructor, toNdarray } from './to-ndarray.js';
export type { NdarrayView } from './view.js';
