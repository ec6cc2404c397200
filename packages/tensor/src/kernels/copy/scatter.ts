import type { Buffer } from './contract.js';

/**
 * Copies between two strided blocks of the same shape: `out[outOffset + Σ iₐ·outStrides[a]] = x[offset + Σ iₐ·strides[a]]`.
 * The blocks must not overlap, and no two positions of the output may coincide.
 */
export function scatterStrided(
  out: Buffer,
  outOffset: number,
  outStrides: readonly number[],
  x: Buffer,
  offset: number,
  strides: readonly number[],
  shape: readonly number[],
): void {
  const last = shape.length - 1;
  const walk = (axis: number, to: number, from: number): void => {
    if (axis >= last) {
      const n = last < 0 ? 1 : shape[last];
      const ts = last < 0 ? 0 : outStrides[last];
      const fs = last < 0 ? 0 : strides[last];
      for (let i = 0; i < n; i++) out[to + i * ts] = x[from + i * fs];
      return;
    }
    for (let i = 0; i < shape[axis]; i++) walk(axis + 1, to + i * outStrides[axis], from + i * strides[axis]);
  };
  walk(0, outOffset, offset);
}
