export type { TriangularSolve } from './contract.js';
export { triangularSolveScalar as triangularSolve } from './scalar.js';
