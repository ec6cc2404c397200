import { describeValue } from './describe-value.js';
import { type DType, isFloating } from './dtype.js';
import { isTensor, Tensor } from './tensor.js';

/** Where a tensor is expected a number will do: it takes on the dtype of the other operand when that can hold it. */
export type TensorLike = Tensor | number;

/** A tensor of order 0 for a number; see {@link TensorLike}. Throws a TypeError naming `op` for anything else. */
export function asTensor(op: string, value: TensorLike, like?: TensorLike): Tensor {
  if (isTensor(value)) return value;
  if (typeof value !== 'number')
    throw new TypeError(`${op}: expected a tensor or a number, got ${describeValue(value)}`);
  const dtype = scalarType(value, isTensor(like) ? like.dtype : 'float64');
  const data =
    dtype === 'float64' ? new Float64Array(1) : dtype === 'float32' ? new Float32Array(1) : new Int32Array(1);
  data[0] = value;
  return new Tensor(data, dtype, []);
}

/** Throws a TypeError naming `op` unless the value is a tensor. */
export function expectTensor(op: string, value: unknown): asserts value is Tensor {
  if (!isTensor(value)) throw new TypeError(`${op}: expected a tensor, got ${describeValue(value)}`);
}

function scalarType(value: number, like: DType): DType {
  if (isFloating(like)) return like;
  return value === Math.trunc(value) && value >= -(2 ** 31) && value < 2 ** 31 ? 'int32' : 'float64';
}
