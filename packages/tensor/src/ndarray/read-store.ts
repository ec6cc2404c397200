import { describeValue } from '../core/describe-value.js';
import type { DType, TypedArray } from '../core/dtype.js';
import type { GenericStore } from './ndarray-like.js';

/** The data of an ndarray as a tensor can use them. */
export interface Store {
  readonly data: TypedArray;
  readonly dtype: DType;
}

/**
 * The whole store: Float64Array, Float32Array and Int32Array as they are; a Uint8Array as bool, its bytes still to be checked; others copied, with
 * NaN or 0 where an element is none (`refused` says which and why), because a view may never reach it.
 */
export function readStore(op: string, data: unknown): Store & { refused?: ReadonlyMap<number, string> } {
  if (data instanceof Float64Array) return { data, dtype: 'float64' };
  if (data instanceof Float32Array) return { data, dtype: 'float32' };
  if (data instanceof Int32Array) return { data, dtype: 'int32' };
  if (data instanceof Uint8Array) {
    // Not a Node Buffer, whose slice and subarray mean something else.
    return { data: new Uint8Array(data.buffer, data.byteOffset, data.length), dtype: 'bool' };
  }
  if (data instanceof Int8Array || data instanceof Int16Array) return { data: Int32Array.from(data), dtype: 'int32' };
  if (data instanceof Uint16Array || data instanceof Uint8ClampedArray) {
    return { data: Int32Array.from(data), dtype: 'int32' };
  }
  if (data instanceof Uint32Array) return { data: Float64Array.from(data), dtype: 'float64' };
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return fromValues(data.length, (i) => data[i]);
  if (Array.isArray(data)) return fromValues(data.length, (i) => data[i]);
  if (Object.prototype.toString.call(data) === '[object Float16Array]' && isArrayLike(data)) {
    return { data: Float32Array.from(data), dtype: 'float32' };
  }
  if (isGenericStore(data)) return fromValues(data.length, (i) => data.get(i));
  throw new TypeError(`${op}: data is neither a typed array, an array nor a store with get and length`);
}

/** bool when all are booleans and there is one, else float64, as in `tensor`. */
function fromValues(length: number, at: (i: number) => unknown): Store & { refused: ReadonlyMap<number, string> } {
  const values = new Float64Array(length);
  const refused = new Map<number, string>();
  let booleans = 0;
  for (let i = 0; i < length; i++) {
    const value = at(i);
    if (typeof value === 'boolean') booleans++;
    if (typeof value === 'number' || typeof value === 'boolean') values[i] = Number(value);
    else if (typeof value === 'bigint' && BigInt(Number(value)) === value) values[i] = Number(value);
    else refused.set(i, typeof value === 'bigint' ? `${value}n, which no double equals` : describeValue(value));
  }
  if (booleans === 0 || booleans < length) return { data: values, dtype: 'float64', refused };
  return { data: Uint8Array.from(values), dtype: 'bool', refused };
}

function isArrayLike(value: unknown): value is ArrayLike<number> {
  return typeof value === 'object' && value !== null && 'length' in value;
}

function isGenericStore(value: unknown): value is GenericStore {
  return (
    typeof value === 'object' &&
    value !== null &&
    'get' in value &&
    typeof value.get === 'function' &&
    'length' in value &&
    Number.isSafeInteger(value.length) &&
    Number(value.length) >= 0
  );
}
