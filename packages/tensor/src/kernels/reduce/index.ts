export { reduce } from './choose.js';
export type { Fold, Reduce } from './contract.js';
export {
  allFold,
  anyFold,
  argmaxFold,
  argminFold,
  countNonzeroFold,
  maxFold,
  minFold,
  prodFold,
} from './folds.js';
export { reduceScalar } from './scalar.js';
export { sumFold } from './sum-fold.js';
