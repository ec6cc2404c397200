import type { DType, TypedArray } from './dtype.js';

/** Buffers of at most this many bytes are carved out of a slab. */
const smallBytes = 1024;
const slabBytes = 8192;

/**
 * The slab that small buffers are being carved from. V8 puts every typed array of more than 64 bytes outside its heap, at 0.4 µs each: most
 * of the time of an operation on a small matrix. A view of an existing buffer costs 0.02 µs. Node's Buffer does the same, with the
 * same sizes: a small tensor that lives on keeps at most 8 kB alive.
 */
let slab: ArrayBuffer | undefined;
let used = 0;

/** A zeroed buffer of `size` elements; a small one shares its ArrayBuffer with others. */
export function allocate(dtype: DType, size: number): TypedArray {
  const bytes = size * (dtype === 'float64' ? 8 : dtype === 'bool' ? 1 : 4);
  // Up to 64 bytes V8 has room inside its own heap.
  if (bytes <= 64 || bytes > smallBytes) {
    switch (dtype) {
      case 'float64':
        return new Float64Array(size);
      case 'float32':
        return new Float32Array(size);
      case 'int32':
        return new Int32Array(size);
      case 'bool':
        return new Uint8Array(size);
    }
  }
  if (slab === undefined || used + bytes > slabBytes) {
    slab = new ArrayBuffer(slabBytes);
    used = 0;
  }
  const offset = used;
  // The next buffer starts at a multiple of 8 bytes.
  used += (bytes + 7) & ~7;
  switch (dtype) {
    case 'float64':
      return new Float64Array(slab, offset, size);
    case 'float32':
      return new Float32Array(slab, offset, size);
    case 'int32':
      return new Int32Array(slab, offset, size);
    case 'bool':
      return new Uint8Array(slab, offset, size);
  }
}
