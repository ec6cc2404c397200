import { eigh } from '../../packages/tensor/src/kernels/eigh/index.js';
import { expKernel } from '../../packages/tensor/src/kernels/elementwise/index.js';
import { gemm } from '../../packages/tensor/src/kernels/gemm/index.js';
import { reduce, sumFold } from '../../packages/tensor/src/kernels/reduce/index.js';
import { svd } from '../../packages/tensor/src/kernels/svd/index.js';
import { numbers, resident } from './data.js';

/** How one number of thresholds.ts is measured: the kernel is called at each size with the number above and below it. */
export interface Calibration {
  readonly group: string;
  readonly name: string;
  readonly doc: string;
  /** The number where the kernel that should read it does not, or not yet. */
  readonly initial: number;
  /** What the number counts, and a call of that size; from small to large. */
  readonly sizes: readonly number[];
  readonly call: (size: number) => { readonly count: number; readonly f: () => void };
  /** Milliseconds a call that the variant above must save to count as better. */
  readonly worth?: number;
  /** Other numbers of the group that are held meanwhile. */
  readonly held?: Readonly<Record<string, number>>;
  readonly threads?: number;
}

/** Whole numbers from `first` to `last`, each larger than the one before by about `factor`. */
function geometric(first: number, last: number, factor: number): readonly number[] {
  const sizes = [first];
  for (let size = first; size < last; ) {
    size = Math.min(last, Math.max(size + 1, Math.round(size * factor)));
    sizes.push(size);
  }
  return sizes;
}

function product(m: number, n: number, k: number, place = numbers): () => void {
  const [a, b, c] = [m * k, k * n, m * n].map((length) => place(length));
  return () => gemm(m, n, k, a, 0, k, 1, b, 0, n, 1, c, 0, n, false);
}

const inMemory = (length: number): Float64Array => {
  const array = resident('float64', numbers(length));
  return array instanceof Float64Array ? array : Float64Array.from(array);
};

const cube = (n: number): { count: number; f: () => void } => ({ count: n ** 3, f: product(n, n, n) });

function symmetric(n: number): Float64Array {
  const x = numbers(n * n).map((value, q) => value * Math.cos(q * q));
  return x.map((value, q) => value + x[(q % n) * n + Math.floor(q / n)]);
}

export const calibrations: readonly Calibration[] = [
  {
    group: 'gemm',
    name: 'tiled',
    doc: 'Multiplications from which packed panels are quicker than plain loops.',
    initial: 32,
    sizes: geometric(2, 10, 1.2),
    call: cube,
    held: { wasm: Infinity },
  },
  {
    group: 'gemm',
    name: 'vector',
    doc: 'Results of a product with a vector from which four sums at a time are quicker than one.',
    initial: 4,
    sizes: geometric(2, 16, 1.2),
    call: (n) => ({ count: n, f: product(n, 1, 32) }),
  },
  {
    group: 'gemm',
    name: 'wasm',
    doc: 'Multiplications from which vector instructions save 1 µs a call, so that compiling them, for 2 ms, is repaid after 2000 calls.',
    initial: 4096,
    sizes: geometric(4, 32, 1.2),
    call: cube,
    worth: 1e-3,
  },
  {
    group: 'elementwise',
    name: 'copied',
    doc: 'Elements from which exp and its like copy ordinary arrays into the arena and run on vectors there: it then saves 1 µs a call, so that compiling is repaid.',
    initial: 256,
    worth: 1e-3,
    sizes: geometric(16, 4096, 1.5),
    call: (n) => {
      const [x, out] = [numbers(n), numbers(n)];
      return { count: n, f: () => expKernel(out, x, 0, [1], [n]) };
    },
    held: { resident: 0 },
  },
  {
    group: 'elementwise',
    name: 'resident',
    doc: 'Elements from which vectors are used where the arrays stand.',
    initial: 64,
    sizes: geometric(8, 1024, 1.5),
    call: (n) => {
      const [x, out] = [inMemory(n), inMemory(n)];
      return { count: n, f: () => expKernel(out, x, 0, [1], [n]) };
    },
  },
  {
    group: 'reduce',
    name: 'copied',
    doc: 'Elements from which sums and extrema of ordinary arrays copy them, by pieces, into the arena and run on vectors there.',
    initial: 16384,
    sizes: geometric(512, 2 ** 18, 1.7),
    call: (n) => {
      const [x, out] = [numbers(n), new Float64Array(1)];
      return { count: n, f: () => reduce(sumFold, out, x, 0, [], [], n, 1) };
    },
    held: { resident: 0 },
  },
  {
    group: 'reduce',
    name: 'resident',
    doc: 'Elements from which vectors are used where the array stands.',
    initial: 1024,
    sizes: geometric(64, 2 ** 14, 1.6),
    call: (n) => {
      const [x, out] = [inMemory(n), new Float64Array(1)];
      return { count: n, f: () => reduce(sumFold, out, x, 0, [], [], n, 1) };
    },
  },
  {
    group: 'eigh',
    name: 'wasm',
    doc: 'Order from which the work is done in the memory of the kernels: it then saves 3 µs a call, and compiling is repaid after about 1000.',
    initial: 16,
    worth: 3e-3,
    sizes: geometric(4, 64, 1.3),
    call: (n) => {
      const [a, values, vectors] = [symmetric(n), new Float64Array(n), new Float64Array(n * n)];
      return { count: n, f: () => void eigh(n, a, 0, values, 0, vectors, 0) };
    },
  },
  {
    group: 'svd',
    name: 'wasm',
    doc: 'Length of the shorter side from which the work is done in the memory of the kernels: it then saves 3 µs a call, and compiling is repaid after about 1000.',
    initial: 16,
    worth: 3e-3,
    sizes: geometric(4, 64, 1.3),
    call: (n) => {
      const [a, s, u, vt] = [symmetric(n), new Float64Array(n), new Float64Array(n * n), new Float64Array(n * n)];
      return { count: n, f: () => void svd(n, n, a, 0, s, 0, u, 0, n, vt, 0, n) };
    },
  },
  {
    group: 'threads',
    name: 'gemm',
    doc: 'Multiplications from which a matrix product is shared out among threads that are awake.',
    initial: 2 ** 20,
    sizes: geometric(32, 256, 1.25),
    call: (n) => ({ count: n ** 3, f: product(n, n, n, inMemory) }),
    threads: 2,
  },
];
