export { argsortRows } from './argsort-rows.js';
export type { ArgsortRows, SortRows, TopRows } from './contract.js';
export { sortRows } from './sort-rows.js';
export { topRows } from './top-rows.js';
