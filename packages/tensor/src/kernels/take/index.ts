export { addAlong, takeAlong } from './along.js';
export type { AddAlong, Along, ScatterAdd, Take, TakeAlong } from './contract.js';
export { scatterAdd, scatterAddScalar } from './scatter-add.js';
export { take } from './take.js';
