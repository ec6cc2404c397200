/** Entries stay above this share of the largest: an entry that reached 0 could never leave it. */
const SMALLEST = 2 ** -52;

/**
 * Multiplicative updates: min ‖B·Kᵀ - X‖² over B > 0 [rows, rank] by b ← b · max(0, m) / (B·G), given M = X·K and G = Kᵀ·K ≥ 0.
 *
 * With M ≥ 0 that is the rule of Lee & Seung (2001); with negative entries of M, the one of Sha, Lin, Saul & Lee (2007) for quadratic
 * functions with a nonnegative matrix, (m + |m|) / 2 in the numerator: the objective does not rise, up to the smallest entries.
 * B is overwritten. Cost: 2·rows·rank² flops a pass.
 */
export function multiplicative(
  rank: number,
  gram: Float64Array,
  m: Float64Array,
  b: Float64Array,
  passes: number,
): void {
  const row = new Float64Array(rank);
  let largest = 0;
  for (let q = 0; q < b.length; q++) if (b[q] > largest) largest = b[q];
  const smallest = largest * SMALLEST;
  for (let pass = 0; pass < passes; pass++) {
    for (let at = 0; at < b.length; at += rank) {
      for (let r = 0; r < rank; r++) row[r] = b[at + r] > smallest ? b[at + r] : smallest;
      for (let r = 0; r < rank; r++) {
        let sum = 0;
        for (let s = 0; s < rank; s++) sum += row[s] * gram[s * rank + r];
        const next = sum > 0 && m[at + r] > 0 ? (row[r] * m[at + r]) / sum : 0;
        b[at + r] = next > smallest ? next : smallest;
      }
    }
  }
}
