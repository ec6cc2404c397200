import { fc } from '@fast-check/vitest';
import { type Tensor, tensor } from '@neuronseek/tensor';
import type { TtTensor } from '../src/index.js';
import { tensorOf } from './arbitraries.js';
import { irregular } from './irregular.js';

/** Tensor trains of one shape and inner ranks up to `maxRank`. */
export function ttOf(shape: readonly number[], maxRank = 3): fc.Arbitrary<TtTensor> {
  return fc
    .array(fc.integer({ min: 1, max: maxRank }), { minLength: shape.length - 1, maxLength: shape.length - 1 })
    .chain((inner) => {
      const ranks = [1, ...inner, 1];
      return fc.record({ cores: fc.tuple(...shape.map((n, k) => tensorOf([ranks[k], n, ranks[k + 1]]))) });
    });
}

/** A fixed tensor train with irregular entries. */
export function irregularTt(shape: readonly number[], inner: readonly number[], seed = 1): TtTensor {
  const ranks = [1, ...inner, 1];
  return { cores: shape.map((n, k) => irregular([ranks[k], n, ranks[k + 1]], seed + k)) };
}

/** Every element by its definition: the sum over all paths through the ranks. */
export function elementsOf({ cores }: TtTensor): Float64Array {
  let rows: number[][] = [[1]];
  for (const core of cores) {
    const [, n, s] = core.shape;
    const values = core.toTypedArray();
    rows = rows.flatMap((row) =>
      Array.from({ length: n }, (_, i) =>
        Array.from({ length: s }, (_, b) => row.reduce((sum, v, a) => sum + v * values[(a * n + i) * s + b], 0)),
      ),
    );
  }
  return Float64Array.from(rows, (row) => row[0]);
}

/** The size that rounding acts on: Π ‖G_k‖ bounded from the entries, which are at most `entry`. */
export function magnitude({ cores }: TtTensor, entry = 4): number {
  return cores.reduce((product, { shape }) => product * entry * shape[0], 1);
}

/** ‖a - b‖ / ‖b‖ of dense data; ‖a‖ where b is zero. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let q = 0; q < b.length; q++) largest = Math.max(largest, Math.abs(a[q]), Math.abs(b[q]));
  if (largest === 0) return 0;
  let [difference, squares] = [0, 0];
  for (let q = 0; q < b.length; q++) {
    difference += (a[q] / largest - b[q] / largest) ** 2;
    squares += (b[q] / largest) ** 2;
  }
  return squares === 0 ? Math.sqrt(difference) * largest : Math.sqrt(difference / squares);
}

export function elements(x: Tensor): Float64Array {
  return Float64Array.from(x.toTypedArray());
}

export function tensorBy(shape: readonly number[], f: (index: number[]) => number): Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  const values = Float64Array.from({ length: size }, (_, q) => {
    const index = shape.map(() => 0);
    for (let k = shape.length - 1, rest = q; k >= 0; k--) {
      index[k] = rest % shape[k];
      rest = Math.floor(rest / shape[k]);
    }
    return f(index);
  });
  return tensor(values, shape);
}
