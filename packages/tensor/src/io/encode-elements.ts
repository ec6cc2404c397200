import type { TypedArray } from '../core/dtype.js';
import type { Tensor } from '../core/tensor.js';
import { copyStrided } from '../kernels/copy/index.js';
import { isLittleEndianHost, swapBytes } from './byte-order.js';
import { itemSize, storedTypeOf } from './stored-type.js';

/** Bytes that the elements of a tensor take in a file. */
export function encodedLength(x: Tensor): number {
  return x.size * itemSize(storedTypeOf(x.dtype));
}

/** Writes the elements of x, row-major and little-endian, into `bytes` from `start` on. */
export function encodeElements(bytes: Uint8Array, start: number, x: Tensor): void {
  const size = itemSize(storedTypeOf(x.dtype));
  const length = encodedLength(x);
  const place = bytes.byteOffset + start;
  const aligned = place % size === 0;
  const target = aligned ? bytes.buffer : new ArrayBuffer(length);
  const typed = typedView(x, target, aligned ? place : 0);
  copyStrided(typed, 0, x.data, x.offset, x.strides, x.shape);
  const written = new Uint8Array(target, typed.byteOffset, length);
  if (!isLittleEndianHost()) swapBytes(written, size);
  if (!aligned) bytes.set(written, start);
}

function typedView(x: Tensor, buffer: ArrayBufferLike, offset: number): TypedArray {
  switch (x.dtype) {
    case 'float64':
      return new Float64Array(buffer, offset, x.size);
    case 'float32':
      return new Float32Array(buffer, offset, x.size);
    case 'int32':
      return new Int32Array(buffer, offset, x.size);
    case 'bool':
      return new Uint8Array(buffer, offset, x.size);
  }
}
