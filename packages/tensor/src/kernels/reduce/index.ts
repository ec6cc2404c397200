export type { Fold, Reduce } from './contract.js';
export { argmaxFold, argminFold, maxFold, minFold, prodFold } from './folds.js';
export { reduce } from './scalar.js';
export { sumFold } from './sum.js';
