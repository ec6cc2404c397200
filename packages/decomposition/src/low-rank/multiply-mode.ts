import { gemm } from '@neuronseek/tensor/kernels';

/** A matrix [rows, I_n] wherever its elements stand: element (k, i) at k·rowStride + i·colStride. */
export interface StridedMatrix {
  readonly elements: Float64Array;
  readonly rows: number;
  readonly rowStride: number;
  readonly colStride: number;
}

/** A factor [I_n, r] as the matrix that expands mode n from r to I_n. */
export function expanding(factor: Float64Array, columns: number): StridedMatrix {
  return { elements: factor, rows: factor.length / columns, rowStride: columns, colStride: 1 };
}

/** The transpose of a factor [I_n, r], which projects mode n from I_n to r. */
export function projecting(factor: Float64Array, columns: number): StridedMatrix {
  return { elements: factor, rows: columns, rowStride: 1, colStride: columns };
}

/**
 * out = x ×ₙ M for a gap-free row-major x of the given shape, read as [L, I_n, Rt] where it stands; `out` is [L, rows, Rt].
 * One matrix product for the first and the last mode, L of them between. Cost: 2·rows·size(x) flops.
 */
export function multiplyMode(
  x: Float64Array,
  shape: readonly number[],
  mode: number,
  { elements, rows, rowStride, colStride }: StridedMatrix,
  out: Float64Array,
): void {
  const size = shape[mode];
  const { left, right } = around(shape, mode);
  if (right === 1) {
    gemm(left, rows, size, x, 0, size, 1, elements, 0, colStride, rowStride, out, 0, rows, false);
    return;
  }
  for (let l = 0; l < left; l++) {
    const [from, to] = [l * size * right, l * rows * right];
    gemm(rows, right, size, elements, 0, rowStride, colStride, x, from, right, 1, out, to, right, false);
  }
}

/**
 * out[i, j] = Σ over the other indices of x[…, i, …]·y[…, j, …]: X_(n)·Y_(n)ᵀ for two tensors whose shapes differ in mode n alone, there
 * I_n and `other`. Cost: 2·other·size(x) flops.
 */
export function modeCross(
  x: Float64Array,
  shape: readonly number[],
  mode: number,
  y: Float64Array,
  other: number,
  out: Float64Array,
): void {
  const size = shape[mode];
  const { left, right } = around(shape, mode);
  if (right === 1) {
    gemm(size, other, left, x, 0, 1, size, y, 0, other, 1, out, 0, other, false);
    return;
  }
  for (let l = 0; l < left; l++) {
    const [first, second] = [l * size * right, l * other * right];
    gemm(size, other, right, x, first, right, 1, y, second, 1, right, out, 0, other, l > 0);
  }
}

/** Products of the sizes before and after a mode. */
export function around(shape: readonly number[], mode: number): { readonly left: number; readonly right: number } {
  return { left: sizeOf(shape.slice(0, mode)), right: sizeOf(shape.slice(mode + 1)) };
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** The shape with another size in one mode. */
export function withSize(shape: readonly number[], mode: number, size: number): number[] {
  return shape.map((n, m) => (m === mode ? size : n));
}
