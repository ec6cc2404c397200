/** One element at a time, its row index taken apart: the oracle. */
export function khatriRaoScalar(factors: readonly Float64Array[], rank: number, out: Float64Array): void {
  const rows = factors.reduce((product, factor) => product * (factor.length / rank), 1);
  for (let row = 0; row < rows; row++) {
    for (let r = 0; r < rank; r++) {
      let product = 1;
      let block = rows;
      let rest = row;
      for (const factor of factors) {
        block /= factor.length / rank;
        product *= factor[Math.floor(rest / block) * rank + r];
        rest %= block;
      }
      out[row * rank + r] = product;
    }
  }
}
