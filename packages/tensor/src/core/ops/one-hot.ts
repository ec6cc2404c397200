import { allocate } from '../allocate.js';
import { expectTensor } from '../as-tensor.js';
import type { DType } from '../dtype.js';
import { resolveIndices } from '../indices.js';
import { checkOptions } from '../options.js';
import { checkCount } from '../shape.js';
import { Tensor } from '../tensor.js';

/**
 * Rows of an identity matrix: `y[…, k] = 1` where k is `indices[…]`, else 0; of shape [...indices.shape, depth]. Constant: no derivative passes through
 * the indices. `dtype` is float64 by default. Throws a RangeError for an index outside [0, depth).
 */
export function oneHot(indices: Tensor, depth: number, options: { readonly dtype?: DType } = {}): Tensor {
  expectTensor('oneHot', indices);
  checkOptions('oneHot', options, { dtype: 'dtype' });
  checkCount('oneHot', 'depth', depth);
  const { list, shape } = resolveIndices('oneHot', indices, depth, `a depth of ${depth}`, false);
  const dtype = options.dtype ?? 'float64';
  const data = allocate(dtype, list.length * depth);
  for (let i = 0; i < list.length; i++) data[i * depth + list[i]] = 1;
  return new Tensor(data, dtype, [...shape, depth]);
}
