/** A typed array that a kernel reads or writes. */
export type Buffer = Float64Array | Float32Array | Int32Array | Uint8Array;

/**
 * Gathers a strided block into row-major order: `out[outOffset + q] = x[offset + Σ iₐ·strides[a]]`, q counting (i₀, …) with the
 * last index fastest. Strides may be zero or negative; every addressed element must lie in `x`. Moves `Π shape` elements.
 */
export type CopyStrided = (
  out: Buffer,
  outOffset: number,
  x: Buffer,
  offset: number,
  strides: readonly number[],
  shape: readonly number[],
) => void;
