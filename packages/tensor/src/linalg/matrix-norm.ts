import { zeros } from '../core/create.js';
import { max, min } from '../core/ops/reduce.js';
import { abs } from '../core/ops/sign.js';
import { slice } from '../core/ops/slice.js';
import { sum } from '../core/ops/sum-broadcast.js';
import { showShape } from '../core/shape.js';
import type { Tensor } from '../core/tensor.js';
import { stackSizes } from './matrices.js';
import { svdvalsFor } from './svdvals.js';
import { vectorNorm } from './vector-norm.js';

/** A norm of each matrix of x [..., m, n], as [...]; see norm. */
export function matrixNorm(name: string, x: Tensor, ord: number | 'fro' | 'nuc'): Tensor {
  const { rows, cols, batch } = stackSizes(x.shape);
  if (ord !== 'fro' && ord !== 'nuc' && ![1, -1, 2, -2].includes(ord) && Number.isFinite(ord)) {
    throw new RangeError(`${name}: a matrix has the norms 1, -1, 2, -2, 'inf', '-inf', 'fro' and 'nuc', got ${ord}`);
  }
  if (rows === 0 || cols === 0) {
    if (typeof ord === 'number' && ord < 0) {
      throw new RangeError(`${name}: ord ${ord} of a matrix without elements: ${showShape([rows, cols])}`);
    }
    return zeros(batch, { dtype: x.dtype });
  }
  if (ord === 'fro') return sum(vectorNorm(x, 2, [x.order - 2, x.order - 1]), { axes: [-2, -1] });
  if (ord === 'nuc') return sum(svdvalsFor(name, x, true), { axes: -1 });
  if (ord === 2 || ord === -2) {
    return slice(svdvalsFor(name, x), [...batch.map(() => undefined), ord === 2 ? 0 : -1]);
  }
  const sums = sum(abs(x), { axes: ord === 1 || ord === -1 ? -2 : -1 });
  return ord > 0 ? max(sums, { axes: -1 }) : min(sums, { axes: -1 });
}
