export { cholesky } from './cholesky.js';
export { det } from './det.js';
export { type EighResult, eigh } from './eigh.js';
export { type LstsqOptions, type LstsqResult, lstsq, lstsqDefaults } from './lstsq.js';
export { norm } from './norm.js';
export { type QrOptions, type QrResult, qr, qrDefaults } from './qr.js';
export { type SlogdetResult, slogdet } from './slogdet.js';
export { inv, solve } from './solve.js';
export { type TriangularSolveOptions, triangularSolve, triangularSolveDefaults } from './triangular-solve.js';
