import { allocate } from '../core/allocate.js';
import type { DType, TypedArray } from '../core/dtype.js';
import { isLittleEndianHost, swapBytes } from './byte-order.js';
import { viewOf } from './bytes.js';
import { dtypeOfStored, itemSize, type StoredType } from './stored-type.js';

/** Elements in the order of the file. */
export interface Elements {
  readonly data: TypedArray;
  readonly dtype: DType;
}

/**
 * The elements that `bytes` hold. float64, float32, int32 and bool in this machine's byte order are read where they lie when they are aligned,
 * and copied otherwise; all other types are converted without loss.
 *
 * Throws a RangeError naming `op` and the index for a bool that is neither 0 nor 1 and for a 64-bit integer that no double equals.
 * Precondition: the length is a multiple of the element size.
 */
export function decodeElements(op: string, bytes: Uint8Array, type: StoredType, littleEndian: boolean): Elements {
  const dtype = dtypeOfStored(type);
  const size = itemSize(type);
  const count = bytes.length / size;
  switch (type) {
    case 'f8':
    case 'f4':
    case 'i4':
    case 'b1': {
      const swapped = size > 1 && littleEndian !== isLittleEndianHost();
      const own = swapped || bytes.byteOffset % size !== 0 ? new Uint8Array(bytes) : bytes;
      if (swapped) swapBytes(own, size);
      const data = reinterpret(own, dtype, count);
      if (type === 'b1') checkBool(op, data);
      return { data, dtype };
    }
    case 'f2':
    case 'bf2':
      return { data: decodeHalf(bytes, type, littleEndian), dtype };
    default: {
      const data = allocate(dtype, count);
      const read = integerReader(op, viewOf(bytes), type, littleEndian);
      for (let i = 0; i < count; i++) data[i] = read(i);
      return { data, dtype };
    }
  }
}

function reinterpret({ buffer, byteOffset }: Uint8Array, dtype: DType, count: number): TypedArray {
  switch (dtype) {
    case 'float64':
      return new Float64Array(buffer, byteOffset, count);
    case 'float32':
      return new Float32Array(buffer, byteOffset, count);
    case 'int32':
      return new Int32Array(buffer, byteOffset, count);
    case 'bool':
      return new Uint8Array(buffer, byteOffset, count);
  }
}

function checkBool(op: string, data: TypedArray): void {
  for (let i = 0; i < data.length; i++) {
    if (data[i] > 1) throw new RangeError(`${op}: a bool is stored as 0 or 1, got ${data[i]} at index ${i}`);
  }
}

type IntegerType = Exclude<StoredType, 'f8' | 'f4' | 'i4' | 'b1' | 'f2' | 'bf2'>;

function integerReader(op: string, view: DataView, type: IntegerType, little: boolean): (i: number) => number {
  switch (type) {
    case 'i1':
      return (i) => view.getInt8(i);
    case 'u1':
      return (i) => view.getUint8(i);
    case 'i2':
      return (i) => view.getInt16(2 * i, little);
    case 'u2':
      return (i) => view.getUint16(2 * i, little);
    case 'u4':
      return (i) => view.getUint32(4 * i, little);
    case 'i8':
    case 'u8':
      return (i) => exactInteger(op, view, i, type, little);
  }
}

/** A 64-bit integer as the double that equals it. */
function exactInteger(op: string, view: DataView, i: number, type: 'i8' | 'u8', little: boolean): number {
  const at = 8 * i + (little ? 4 : 0);
  const high = type === 'i8' ? view.getInt32(at, little) : view.getUint32(at, little);
  // Below 2⁵³ in magnitude everything is exact; beyond it only multiples of a power of two are.
  if (high >= -0x200000 && high < 0x200000) {
    return high * 4294967296 + view.getUint32(8 * i + (little ? 0 : 4), little);
  }
  const exact = type === 'i8' ? view.getBigInt64(8 * i, little) : view.getBigUint64(8 * i, little);
  const rounded = Number(exact);
  if (BigInt(rounded) === exact) return rounded;
  throw new RangeError(`${op}: no double equals the ${type === 'i8' ? 'int64' : 'uint64'} ${exact} at index ${i}`);
}

/** Both 16-bit floats are moved to float32 bit by bit, so that NaN keeps its payload. */
function decodeHalf(bytes: Uint8Array, type: 'f2' | 'bf2', little: boolean): Float32Array {
  const view = viewOf(bytes);
  const bits = new Uint32Array(bytes.length / 2);
  const data = new Float32Array(bits.buffer);
  for (let i = 0; i < bits.length; i++) {
    const half = view.getUint16(2 * i, little);
    if (type === 'bf2') {
      bits[i] = half << 16;
      continue;
    }
    // IEEE 754 binary16: sign, 5 bits of exponent with bias 15, 10 of fraction; binary32 has 8 with bias 127, and 23.
    const exponent = (half >>> 10) & 31;
    const fraction = half & 0x3ff;
    const sign = (half & 0x8000) << 16;
    if (exponent === 0) data[i] = (sign === 0 ? 1 : -1) * fraction * 2 ** -24;
    else bits[i] = sign | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13);
  }
  return data;
}
