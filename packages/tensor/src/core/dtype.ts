import { allocate } from './allocate.js';

/** Element types of a tensor. `float64` is the default everywhere; `bool` is stored as one byte of 0 or 1. */
export type DType = 'float64' | 'float32' | 'int32' | 'bool';

/** The typed arrays that hold tensor elements. */
export type TypedArray = Float64Array | Float32Array | Int32Array | Uint8Array;

/** From weak to strong: arithmetic on two dtypes gives the stronger, as in NumPy except that int32 with float32 stays float32. */
const strength: Readonly<Record<DType, number>> = { bool: 0, int32: 1, float32: 2, float64: 3 };

/** Throws a TypeError naming `op` unless `dtype` is one of the four. */
export function checkDType(op: string, dtype: unknown): asserts dtype is DType {
  if (typeof dtype !== 'string' || !Object.hasOwn(strength, dtype)) {
    throw new TypeError(`${op}: dtype must be float64, float32, int32 or bool, got ${String(dtype)}`);
  }
}

/** The values as elements of a dtype: rounded to nearest for float32, towards zero for int32, ≠ 0 for bool. No copy where they are such. */
export function convert(values: TypedArray | readonly number[], dtype: DType): TypedArray {
  if (ArrayBuffer.isView(values) && dtypeOf(values) === dtype) return values;
  const data = allocate(dtype, values.length);
  for (let i = 0; i < values.length; i++) data[i] = dtype === 'bool' ? Number(values[i] !== 0) : values[i];
  return data;
}

/** The dtype that a typed array stores. */
export function dtypeOf(data: TypedArray): DType {
  if (data instanceof Float64Array) return 'float64';
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof Int32Array) return 'int32';
  return 'bool';
}

/** The stronger of two dtypes. */
export function promote(a: DType, b: DType): DType {
  return strength[a] >= strength[b] ? a : b;
}

/** `dtype` itself when it is floating, else float64: what division and transcendental functions return. */
export function toFloating(dtype: DType): DType {
  return isFloating(dtype) ? dtype : 'float64';
}

export function isFloating(dtype: DType): boolean {
  return dtype === 'float64' || dtype === 'float32';
}
