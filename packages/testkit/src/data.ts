/** An array of numbers as plain data: the elements in row-major order; `data.length` is the product of the sizes. */
export interface Data {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}
