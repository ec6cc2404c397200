import * as t from '../../src/linalg/index.js';
import { feature, of1, of2, type Section } from './feature.js';
import { definite, matrix, square, tall, vector } from './operands.js';

export const section: Section = {
  title: 'Linear algebra',
  entry: '/linalg',
  features: {
    cholesky: feature(
      'np.linalg.cholesky',
      of1(definite, (x) => t.cholesky(x)),
    ),
    qr: feature(
      'np.linalg.qr',
      of1(square, (x) => t.qr(x)),
      { condition: 'reduced, the first min(m, n) columns independent' },
    ),
    svd: feature(
      'np.linalg.svd',
      of1(tall, (x) => t.svd(x)),
      {
        condition:
          'vectors where the values they belong to are distinct (and not 0 unless m = n), not the extra ones of fullMatrices; values everywhere',
      },
    ),
    svdvals: feature(
      'np.linalg.svdvals',
      of1(tall, (x) => t.svdvals(x)),
      { condition: 'twice where values are distinct' },
    ),
    eigh: feature(
      'np.linalg.eigh',
      of1(definite, (x) => t.eigh(x)),
      { condition: 'vectors where eigenvalues are distinct; eigenvalues everywhere' },
    ),
    eigvalsh: feature(
      'np.linalg.eigvalsh',
      of1(definite, (x) => t.eigvalsh(x)),
    ),
    det: feature(
      'np.linalg.det',
      of1(square, (x) => t.det(x)),
      { condition: 'nonsingular matrices' },
    ),
    slogdet: feature(
      'np.linalg.slogdet',
      of1(square, (x) => t.slogdet(x)),
      { condition: 'the logarithm, nonsingular matrices' },
    ),
    inv: feature(
      'np.linalg.inv',
      of1(square, (x) => t.inv(x)),
    ),
    pinv: feature(
      'np.linalg.pinv',
      of1(tall, (x) => t.pinv(x)),
      { condition: 'full rank' },
    ),
    expm: feature(
      'scipy.linalg.expm',
      of1(square, (x) => t.expm(x)),
      { jax: 'jax.scipy.linalg.expm' },
    ),
    cond: feature(
      'np.linalg.cond',
      of1(square, (x) => t.cond(x)),
      { condition: 'nonsingular matrices' },
    ),
    norm: feature(
      'np.linalg.norm',
      of1(matrix, (x) => t.norm(x)),
      { note: 'at kinks a subgradient; none for ord 0' },
    ),
    matrixRank: feature(
      'np.linalg.matrix_rank',
      of1(square, (x) => t.matrixRank(x)),
    ),
    matrixPower: feature(
      'np.linalg.matrix_power',
      of1(square, (x) => t.matrixPower(x, 3)),
    ),
    solve: feature(
      'np.linalg.solve',
      of2(square, vector, (a, b) => t.solve(a, b)),
    ),
    triangularSolve: feature(
      'scipy.linalg.solve_triangular',
      of2(square, vector, (a, b) => t.triangularSolve(a, b)),
      { jax: 'jax.scipy.linalg.solve_triangular' },
    ),
    lstsq: feature(
      'np.linalg.lstsq',
      of2(tall, vector, (a, b) => t.lstsq(a, b)),
      { condition: 'in a at full rank only' },
    ),
  },
};
