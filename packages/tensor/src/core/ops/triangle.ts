import { allocate } from '../allocate.js';
import { expectTensor } from '../as-tensor.js';
import { zeros } from '../create.js';
import { describeValue } from '../describe-value.js';
import { showShape } from '../shape.js';
import { Tensor } from '../tensor.js';
import { where } from './where.js';

/** The lower triangle of each matrix in a stack, zeros above diagonal k (0: the main one, 1: the next above). */
export function tril(x: Tensor, k = 0): Tensor {
  return keep('tril', x, k, (row, column) => column - row <= k);
}

/** The upper triangle of each matrix in a stack, zeros below diagonal k (0: the main one, 1: the next above). */
export function triu(x: Tensor, k = 0): Tensor {
  return keep('triu', x, k, (row, column) => column - row >= k);
}

function keep(op: string, x: Tensor, k: number, inside: (row: number, column: number) => boolean): Tensor {
  expectTensor(op, x);
  if (typeof k !== 'number') throw new TypeError(`${op}: the diagonal must be a number, got ${describeValue(k)}`);
  if (!Number.isInteger(k)) throw new RangeError(`${op}: the diagonal must be an integer, got ${k}`);
  if (x.order < 2) throw new RangeError(`${op}: needs at least two axes, got ${showShape(x.shape)}`);
  const [m, n] = x.shape.slice(-2);
  const mask = allocate('bool', m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) mask[i * n + j] = Number(inside(i, j));
  // Chosen, not multiplied: what is cut off may be infinite.
  return where(new Tensor(mask, 'bool', [m, n]), x, zeros([], { dtype: x.dtype }));
}
