import type { DType } from '../core/dtype.js';

/** Element types that files hold: kind (bool, int, unsigned, float, bfloat) and bytes an element. */
export type StoredType = 'b1' | 'i1' | 'i2' | 'i4' | 'i8' | 'u1' | 'u2' | 'u4' | 'u8' | 'f2' | 'bf2' | 'f4' | 'f8';

/** Bytes an element. */
export function itemSize(type: StoredType): number {
  return Number(type.slice(-1));
}

/** The dtype that holds every value of a stored type; float64 for 64-bit integers, whose values are checked one by one. */
export function dtypeOfStored(type: StoredType): DType {
  switch (type) {
    case 'b1':
      return 'bool';
    case 'i1':
    case 'i2':
    case 'i4':
    case 'u1':
    case 'u2':
      return 'int32';
    case 'f2':
    case 'bf2':
    case 'f4':
      return 'float32';
    case 'u4':
    case 'i8':
    case 'u8':
    case 'f8':
      return 'float64';
  }
}

/** The stored type of a dtype: its own bits. */
export function storedTypeOf(dtype: DType): StoredType {
  switch (dtype) {
    case 'bool':
      return 'b1';
    case 'int32':
      return 'i4';
    case 'float32':
      return 'f4';
    case 'float64':
      return 'f8';
  }
}
