import { matmul, tensor, transpose } from '@neuronseek/tensor';
import { Matrix } from 'ml-matrix';
import * as nts from 'numpy-ts';
import { gemm } from '../../../packages/tensor/src/kernels/gemm/index.js';
import { gemmTiled } from '../../../packages/tensor/src/kernels/gemm/tiled.js';
import { numbers, ordinary, type Precision, resident } from '../data.js';
import type { NumPy } from '../numpy.js';
import { type Contestants, type Floor, faster, type Group, type Row } from '../row.js';
import { tf, tfjsTimer } from '../tfjs.js';
import { calls } from '../timer.js';

interface Sizes {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

const lists = (values: Float64Array, columns: number): number[][] =>
  Array.from({ length: values.length / columns }, (_, i) =>
    Array.from(values.subarray(i * columns, (i + 1) * columns)),
  );

/** Python lines that make a and b as `numbers` makes them, and c for the result. */
const pythonOperands = ({ m, n, k }: Sizes, precision: Precision): string =>
  `f = lambda n: (2 * (np.arange(1, n + 1) * 0.618033988749895 % 1) - 1).astype(np.${precision})
a, b, c = f(${m * k}).reshape(${m}, ${k}), f(${k * n}).reshape(${k}, ${n}), np.empty((${m}, ${n}), np.${precision})`;

function product(numpy: NumPy, sizes: Sizes, precision: Precision): Contestants {
  const { m, n, k } = sizes;
  const [av, bv] = [numbers(m * k), numbers(k * n)];
  const [a, b, c] = [av, bv, new Float64Array(m * n)].map((values) => resident(precision, values));
  const [ta, tb] = [tensor(ordinary(precision, av), [m, k]), tensor(ordinary(precision, bv), [k, n])];
  const [na, nb] = [nts.array(lists(av, k), precision), nts.array(lists(bv, n), precision)];
  const all = {
    NumPy: numpy.timer(pythonOperands(sizes, precision), 'np.matmul(a, b, out=c)'),
    'numpy-ts': calls(() => nts.matmul(na, nb).dispose()),
  };
  const own = {
    kernel: calls(() => gemm(m, n, k, a, 0, k, 1, b, 0, n, 1, c, 0, n, false)),
    api: calls(() => matmul(ta, tb)),
  };
  if (precision === 'float32') {
    const tfjs = tfjsTimer(() => {
      const [x, y] = [tf.tensor2d(Float32Array.from(av), [m, k]), tf.tensor2d(Float32Array.from(bv), [k, n])];
      return () => tf.matMul(x, y);
    });
    return { ...own, peers: { ...all, 'tfjs-wasm': tfjs } };
  }
  const [ma, mb] = [new Matrix(lists(av, k)), new Matrix(lists(bv, n))];
  return { ...own, peers: { ...all, 'ml-matrix': calls(() => ma.mmul(mb)) } };
}

const flops = ({ m, n, k }: Sizes): number => 2 * m * n * k;
const cube = (n: number): Sizes => ({ m: n, n, k: n });

export function gemmGroup(numpy: NumPy): Group {
  const row = (name: string, sizes: Sizes, precision: Precision, floors: Readonly<Record<string, Floor>>): Row => ({
    name,
    flops: flops(sizes),
    floors,
    prepare: () => product(numpy, sizes, precision),
  });
  const squares = [128, 256, 512, 1024];
  const double = { NumPy: faster(0.48), 'numpy-ts': faster(1.9), 'ml-matrix': faster(15) };
  const single = { NumPy: faster(0.46), 'tfjs-wasm': faster(1.3) };
  return {
    title: 'Matrix products',
    rows: [
      ...squares.map((n) => row(`GEMM f64 ${n}`, cube(n), 'float64', double)),
      ...squares.map((n) => row(`GEMM f32 ${n}`, cube(n), 'float32', single)),
      row('skinny f64 (20000×64)(64×8)', { m: 20000, n: 8, k: 64 }, 'float64', { NumPy: faster(0.6) }),
      gram(numpy, 10000, 20),
      tiny(numpy),
    ],
  };
}

/** AᵀA, of which half would do; counted in full, as for NumPy, which knows that too. */
function gram(numpy: NumPy, m: number, n: number): Row {
  return {
    name: `Gram f64 AᵀA, A ${m}×${n}`,
    flops: 2 * m * n * n,
    floors: { NumPy: faster(0.6) },
    prepare: () => {
      const values = numbers(m * n);
      const [a, c] = [resident('float64', values), resident('float64', new Float64Array(n * n))];
      const x = tensor(values, [m, n]);
      const matrix = new Matrix(lists(values, n));
      return {
        kernel: calls(() => gemm(n, n, m, a, 0, 1, n, a, 0, n, 1, c, 0, n, false)),
        api: calls(() => matmul(transpose(x), x)),
        peers: {
          NumPy: numpy.timer(
            `${pythonOperands({ m, n, k: n }, 'float64')}\nc = np.empty((${n}, ${n}))`,
            'np.matmul(a.T, a, out=c)',
          ),
          'ml-matrix': calls(() => matrix.transpose().mmul(matrix)),
        },
      };
    },
  };
}

function tiny(numpy: NumPy): Row {
  return {
    name: 'matmul f64 8×8',
    floors: { NumPy: faster(1) },
    atMost: { ms: 0.5e-3, text: '≤ 0.5 µs' },
    prepare: () => {
      const { api, peers } = product(numpy, cube(8), 'float64');
      return { api, peers: { ...peers, NumPy: numpy.timer(pythonOperands(cube(8), 'float64'), 'a @ b') } };
    },
  };
}

/** What runs where there is no WebAssembly: plain loops on ordinary arrays. */
export function fallbackGroup(numpy: NumPy): Group {
  const row = (n: number): Row => ({
    name: `GEMM f64 ${n}, plain loops`,
    flops: flops(cube(n)),
    floors: { NumPy: faster(0.1), 'ml-matrix': faster(3.5) },
    prepare: () => {
      const [a, b, c] = [numbers(n * n), numbers(n * n), new Float64Array(n * n)];
      const [ma, mb] = [new Matrix(lists(a, n)), new Matrix(lists(b, n))];
      return {
        kernel: calls(() => gemmTiled(n, n, n, a, 0, n, 1, b, 0, n, 1, c, 0, n, false)),
        peers: {
          NumPy: numpy.timer(pythonOperands(cube(n), 'float64'), 'np.matmul(a, b, out=c)'),
          'ml-matrix': calls(() => ma.mmul(mb)),
        },
      };
    },
  });
  return { title: 'Without WebAssembly', rows: [256, 512].map(row) };
}
