import { gemm } from '@neuronseek/tensor/kernels';
import { fold, type Key, normal } from '@neuronseek/tensor/random';
import { qrFactors } from '../../low-rank/qr-factors.js';
import { orthogonalTrain } from '../orthogonalize.js';
import { scaledProduct } from '../scaled.js';
import type { TtNumbers } from '../tt-numbers.js';

/** A train whose cores are orthogonal but for one, the centre, which alternating fits move. */
export interface CentredTrain {
  readonly shape: readonly number[];
  readonly ranks: number[];
  readonly cores: Float64Array[];
}

/** The same tensor with its centre at the first mode; arrays of its own. */
export function centred(numbers: TtNumbers): CentredTrain {
  const { shape, ranks, cores, scales } = orthogonalTrain(numbers, 0);
  const norm = scaledProduct(scales);
  for (let q = 0; q < cores[0].length; q++) cores[0][q] *= norm;
  return { shape, ranks, cores };
}

/** Moves the centre from core k to the next one. */
export function moveForward({ shape, ranks, cores }: CentredTrain, k: number): void {
  const columns = ranks[k + 1];
  const kept = Math.min(ranks[k] * shape[k], columns);
  const { q, r: triangle } = qrFactors(cores[k].slice(), ranks[k] * shape[k], columns);
  const behind = shape[k + 1] * ranks[k + 2];
  const next = new Float64Array(kept * behind);
  gemm(kept, behind, columns, triangle, 0, columns, 1, cores[k + 1], 0, behind, 1, next, 0, behind, false);
  cores[k] = q;
  cores[k + 1] = next;
  ranks[k + 1] = kept;
}

/** Moves the centre from core k to the one before. */
export function moveBackward({ shape, ranks, cores }: CentredTrain, k: number): void {
  const rows = ranks[k];
  const columns = shape[k] * ranks[k + 1];
  const kept = Math.min(rows, columns);
  const { q, r: triangle } = qrFactors(transposed(cores[k], rows, columns), columns, rows);
  const before = ranks[k - 1] * shape[k - 1];
  const next = new Float64Array(before * kept);
  gemm(before, kept, rows, cores[k - 1], 0, rows, 1, triangle, 0, 1, rows, next, 0, kept, false);
  cores[k] = transposed(q, columns, kept);
  cores[k - 1] = next;
  ranks[k] = kept;
}

export function transposed(matrix: Float64Array, m: number, n: number): Float64Array {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out[j * m + i] = matrix[i * n + j];
  return out;
}

/** The same tensor with ranks raised to `target` by random rows that nothing refers to yet, its centre at the first mode. */
export function enlarged({ shape, ranks, cores }: TtNumbers, target: readonly number[], key: Key): CentredTrain {
  const grown = ranks.map((rank, k) => Math.max(rank, target[k]));
  return centred({
    shape,
    ranks: grown,
    cores: cores.map((core, k) => {
      const [r, n, s] = [ranks[k], shape[k], ranks[k + 1]];
      const [rows, columns] = [grown[k], grown[k + 1]];
      const random = normal(fold(key, k), (rows - r) * n * columns);
      const out = new Float64Array(rows * n * columns);
      for (let a = 0; a < r; a++) {
        for (let i = 0; i < n; i++) {
          for (let b = 0; b < s; b++) out[(a * n + i) * columns + b] = core[(a * n + i) * s + b];
        }
      }
      out.set(random, r * n * columns);
      return out;
    }),
  });
}
