import { tensor } from '@neuronseek/tensor';
import { eigh, svd } from '@neuronseek/tensor/linalg';
import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';
import { eigh as eighKernel } from '../../../packages/tensor/src/kernels/eigh/index.js';
import { svd as svdKernel } from '../../../packages/tensor/src/kernels/svd/index.js';
import { numbers } from '../data.js';
import type { NumPy } from '../numpy.js';
import { faster, type Group, inTime } from '../row.js';
import { calls } from '../timer.js';

const n = 400;

export function factorizationsGroup(numpy: NumPy): Group {
  const general = numbers(n * n).map((x, q) => x * Math.cos(q * q));
  const symmetric = general.map((x, q) => x + general[(q % n) * n + Math.floor(q / n)]);
  const rows = (data: Float64Array): Matrix =>
    new Matrix(Array.from({ length: n }, (_, i) => Array.from(data.subarray(i * n, (i + 1) * n))));
  const python = `q = np.arange(${n * n})
a = ((2 * ((q + 1) * 0.618033988749895 % 1) - 1) * np.cos(1.0 * q * q)).reshape(${n}, ${n})
s = a + a.T`;
  return {
    title: 'Factorizations',
    rows: [
      {
        name: `eigh ${n}`,
        floors: { NumPy: inTime(3), 'ml-matrix': faster(6) },
        prepare: () => {
          const [values, vectors] = [new Float64Array(n), new Float64Array(n * n)];
          const [x, matrix] = [tensor(symmetric, [n, n]), rows(symmetric)];
          return {
            kernel: calls(() => eighKernel(n, symmetric, 0, values, 0, vectors, 0)),
            api: calls(() => eigh(x)),
            peers: {
              NumPy: numpy.timer(python, 'np.linalg.eigh(s)'),
              'ml-matrix': calls(() => new EigenvalueDecomposition(matrix, { assumeSymmetric: true })),
              'numpy-ts': 'takes half a minute',
            },
          };
        },
      },
      {
        name: `svd ${n}`,
        floors: { NumPy: inTime(4), 'ml-matrix': faster(6) },
        prepare: () => {
          const [s, u, vt] = [n, n * n, n * n].map((length) => new Float64Array(length));
          const [x, matrix] = [tensor(general, [n, n]), rows(general)];
          return {
            kernel: calls(() => svdKernel(n, n, general, 0, s, 0, u, 0, n, vt, 0, n)),
            api: calls(() => svd(x)),
            peers: {
              NumPy: numpy.timer(python, 'np.linalg.svd(a)'),
              'ml-matrix': calls(() => new SingularValueDecomposition(matrix)),
            },
          };
        },
      },
    ],
  };
}
