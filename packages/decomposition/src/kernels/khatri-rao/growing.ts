/** The product grows by one factor at a time inside `out`, from the last row back, so that nothing is overwritten unread. */
export function khatriRaoGrowing(factors: readonly Float64Array[], rank: number, out: Float64Array): void {
  let rows = 1;
  out.fill(1, 0, rank);
  for (const factor of factors) {
    const size = factor.length / rank;
    for (let row = rows - 1; row >= 0; row--) {
      const source = row * rank;
      // Row 0 of the block is written last: for row 0 of the product it is the source itself.
      for (let i = size - 1; i >= 0; i--) {
        const target = (row * size + i) * rank;
        for (let r = 0; r < rank; r++) out[target + r] = out[source + r] * factor[i * rank + r];
      }
    }
    rows *= size;
  }
}
