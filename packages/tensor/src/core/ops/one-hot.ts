import { expectTensor } from '../as-tensor.js';
import type { DType } from '../dtype.js';
import { resolveIndices } from '../indices.js';
import { apply, type Op } from '../op.js';
import { checkOptions } from '../options.js';
import { checkCount } from '../shape.js';
import { stopGradient } from '../stop-gradient.js';
import type { Tensor } from '../tensor.js';

export const oneHotOp: Op<{ readonly depth: number; readonly dtype: DType }> = {
  name: 'oneHot',
  infer: ([indices], { depth, dtype }) => ({ shape: [...indices.shape, depth], dtype }),
  compute: ({ data }, [indices], { depth }) => {
    const { list } = resolveIndices('oneHot', indices, depth, `a depth of ${depth}`, false);
    for (let i = 0; i < list.length; i++) data[i * depth + list[i]] = 1;
  },
  vjp: null,
};

/**
 * Rows of an identity matrix: `y[…, k] = 1` where k is `indices[…]`, else 0; of shape [...indices.shape, depth]. Constant: no derivative passes through
 * the indices. `dtype` is float64 by default. Throws a RangeError for an index outside [0, depth).
 */
export function oneHot(indices: Tensor, depth: number, options: { readonly dtype?: DType } = {}): Tensor {
  expectTensor('oneHot', indices);
  checkOptions('oneHot', options, { dtype: 'dtype' });
  checkCount('oneHot', 'depth', depth);
  return apply(oneHotOp, [stopGradient(indices)], { depth, dtype: options.dtype ?? 'float64' });
}
