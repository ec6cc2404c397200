import { copyStrided } from '../../kernels/copy/index.js';
import { type DType, isFloating } from '../dtype.js';
import { apply, type Op } from '../op.js';
import type { Tensor } from '../tensor.js';

export const astypeOp: Op<DType> = {
  name: 'astype',
  infer: ([x], dtype) => ({ shape: x.shape, dtype }),
  compute: (out, [x], dtype) => {
    copyStrided(out.data, 0, x.data, x.offset, x.strides, x.shape);
    if (dtype === 'bool' && x.dtype !== 'bool') {
      // A byte would wrap around: 256 and 0.5 are true.
      const source = out.data;
      const wide = new Float64Array(x.size);
      copyStrided(wide, 0, x.data, x.offset, x.strides, x.shape);
      for (let i = 0; i < wide.length; i++) source[i] = Number(wide[i] !== 0);
    }
  },
  vjp: (g, _out, [x], dtype) => [isFloating(dtype) && isFloating(x.dtype) ? astype(g, x.dtype) : undefined],
};

/** x with another dtype: rounded to nearest for float32, towards zero for int32, ≠ 0 for bool. */
export function astype(x: Tensor, dtype: DType): Tensor {
  return x.dtype === dtype ? x : apply(astypeOp, [x], dtype);
}
