/** The sign, −1 or 1, of the first of the n elements x[offset + i·stride] of largest magnitude: eigenvectors and singular vectors are turned by it. */
export function signOfLargest(n: number, x: Float64Array, offset: number, stride: number): number {
  let largest = 0;
  for (let i = 0, at = offset; i < n; i++, at += stride) if (Math.abs(x[at]) > Math.abs(largest)) largest = x[at];
  return largest < 0 ? -1 : 1;
}
