import { copyStrided } from '../../kernels/copy/index.js';
import { expectTensor } from '../as-tensor.js';
import { checkDType, convert, type DType, isFloating } from '../dtype.js';
import { apply, type Op } from '../op.js';
import { flatten, type Tensor } from '../tensor.js';

export const astypeOp: Op<DType> = {
  name: 'astype',
  infer: ([x], dtype) => ({ shape: x.shape, dtype }),
  compute: (out, [x], dtype) => {
    // A byte would wrap around: 256 and 0.5 are true.
    if (dtype === 'bool') out.data.set(convert(flatten(x), dtype));
    else copyStrided(out.data, 0, x.data, x.offset, x.strides, x.shape);
  },
  vjp: (g, _out, [x], dtype) => [isFloating(dtype) && isFloating(x.dtype) ? astype(g, x.dtype) : undefined],
};

/** x with another dtype: rounded to nearest for float32, towards zero for int32, ≠ 0 for bool. */
export function astype(x: Tensor, dtype: DType): Tensor {
  expectTensor('astype', x);
  checkDType('astype', dtype);
  return x.dtype === dtype ? x : apply(astypeOp, [x], dtype);
}
