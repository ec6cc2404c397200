/**
 * Rows `from` to `from + count` of the Khatri–Rao product of two matrices [·, rank], row q the product of row ⌊q / innerRows⌋ of `outer` and the remaining
 * row of `inner`. Cost: count·rank multiplications.
 */
export function khatriRaoRows(
  from: number,
  count: number,
  outer: Float64Array,
  inner: Float64Array,
  innerRows: number,
  rank: number,
  out: Float64Array,
): void {
  let left = Math.floor(from / innerRows) * rank;
  let row = from % innerRows;
  let target = 0;
  for (const end = count * rank; target < end; target += rank) {
    const right = row * rank;
    for (let r = 0; r < rank; r++) out[target + r] = outer[left + r] * inner[right + r];
    if (++row === innerRows) {
      row = 0;
      left += rank;
    }
  }
}

/**
 * The Khatri–Rao product of some factors, a single row of ones where there are none: in one of two arrays of its size, each of which holds every second
 * step towards it.
 */
export function growProduct(
  factors: readonly Float64Array[],
  rank: number,
  odd: Float64Array,
  even: Float64Array,
): Float64Array {
  let [current, next] = [odd, even];
  let rows = 1;
  current.fill(1, 0, rank);
  for (const factor of factors) {
    const size = factor.length / rank;
    rows *= size;
    khatriRaoRows(0, rows, current, factor, size, rank, next);
    [current, next] = [next, current];
  }
  return current;
}
