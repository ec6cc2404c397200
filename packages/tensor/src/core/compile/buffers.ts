import { wasmRuntime } from '../../wasm/runtime.js';
import type { DType, TypedArray } from '../dtype.js';
import type { Tensor } from '../tensor.js';
import { bytesOf, paddedBytes } from './arrange.js';

/** Buffers that stay. Those in the memory of the kernels are given back when this object has been collected. */
export interface Buffers {
  readonly arrays: readonly TypedArray[];
}

/** A buffer of the size and dtype of each tensor, in the memory of the kernels where there is room. */
export function createBuffers(like: readonly Tensor[]): Buffers {
  const arrays: TypedArray[] = [];
  const buffers: Buffers = { arrays };
  const sizes = like.map(({ dtype, size }) => paddedBytes(bytesOf(dtype, size)));
  const block = residentBlock(
    sizes.reduce((sum, bytes) => sum + bytes, 0),
    buffers,
  )?.block;
  let at = 0;
  like.forEach(({ dtype, size }, i) => {
    arrays.push(block ? viewOf(block, at, dtype, size) : viewOf(new Float64Array(sizes[i] / 8), 0, dtype, size));
    at += sizes[i];
  });
  return buffers;
}

/** A block in the memory of the kernels that belongs to `owner`; undefined where that memory is missing or exhausted. */
export function residentBlock(
  bytes: number,
  owner: object,
): { readonly block: Float64Array; readonly release: () => void } | undefined {
  // The workspace keeps its own distance behind an array.
  const room = wasmRuntime.workspace(paddedBytes(bytes), owner);
  return room && { block: room.float64(bytes / 8), release: room.release };
}

/** `size` elements of a block, from so many bytes on. */
export function viewOf({ buffer, byteOffset }: Float64Array, offset: number, dtype: DType, size: number): TypedArray {
  const at = byteOffset + offset;
  switch (dtype) {
    case 'float64':
      return new Float64Array(buffer, at, size);
    case 'float32':
      return new Float32Array(buffer, at, size);
    case 'int32':
      return new Int32Array(buffer, at, size);
    case 'bool':
      return new Uint8Array(buffer, at, size);
  }
}
