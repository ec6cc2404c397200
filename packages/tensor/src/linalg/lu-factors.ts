import type { Tensor } from '../core/tensor.js';
import { lu } from '../kernels/lu/index.js';
import { copyFinite, nameMatrix, stackSizes } from './matrices.js';

/** LU factors of every matrix of a stack, as the lu kernel leaves them. */
export interface LuFactors {
  readonly factors: Float64Array;
  readonly pivots: Int32Array;
  /** For each matrix the first pivot that is 0, or −1. */
  readonly singular: Int32Array;
}

/** Factors the matrices of a [..., n, n]; throws, naming `op`, when an element is not finite or elimination overflows. */
export function luFactors(op: string, a: Tensor): LuFactors {
  const { rows, batch, count } = stackSizes(a.shape);
  const factors = copyFinite(op, a);
  const pivots = new Int32Array(count * rows);
  const singular = new Int32Array(count);
  for (let q = 0; q < count; q++) singular[q] = lu(rows, factors, q * rows * rows, pivots, q * rows);
  // Infinity would divide to 0 and end as an answer that looks like one.
  const bad = factors.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) {
    const q = Math.floor(bad / (rows * rows));
    throw new RangeError(
      `${op}: ${nameMatrix(q, batch)} overflows in elimination: a factor has an entry ${factors[bad]}`,
    );
  }
  return { factors, pivots, singular };
}
