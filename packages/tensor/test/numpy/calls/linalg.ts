import { full } from '../../../src/index.js';
import {
  cholesky,
  cond,
  det,
  eigh,
  eigvalsh,
  expm,
  inv,
  lstsq,
  matrixPower,
  matrixRank,
  norm,
  pinv,
  qr,
  slogdet,
  solve,
  svd,
  svdvals,
  triangularSolve,
} from '../../../src/linalg/index.js';
import { binary, type Calls, given, unary } from './call.js';

export const calls: Calls = {
  ...unary({ cholesky, det, eigvalsh, expm, inv, pinv, svdvals }),
  ...binary({ solve }),
  cond: ([a], { p }) => cond(a, { p }),
  eigh: ([a]) => {
    const { eigenvalues, eigenvectors } = eigh(a);
    return [eigenvalues, eigenvectors];
  },
  lstsq: ([a, b]) => {
    const { solution, rank, residualNorms } = lstsq(a, b);
    return [solution, full([], rank, { dtype: 'int32' }), residualNorms];
  },
  matrixPower: ([a], { n }) => matrixPower(a, given(n)),
  matrixRank: ([a], { tol }) => matrixRank(a, { tol }),
  norm: ([x], options) => norm(x, options),
  // The columns that complete a basis are anybody's choice.
  qr: ([a], { mode }) => {
    const { q, r } = qr(a, { mode: mode === 'complete' ? 'complete' : 'reduced' });
    return mode === 'complete' ? [r] : [q, r];
  },
  slogdet: ([a]) => {
    const { sign, logAbsDet } = slogdet(a);
    return [sign, logAbsDet];
  },
  svd: ([a]) => {
    const { u, s, vt } = svd(a);
    return [u, s, vt];
  },
  triangularSolve: ([a, b], options) => triangularSolve(a, b, options),
};
