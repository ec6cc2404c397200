/** Entries stay above this share of the largest: an entry that reached 0 could never leave it. */
const SMALLEST = 2 ** -52;

/**
 * Multiplicative updates: min ‖B·Kᵀ - X‖² over B > 0 [rows, rank], given M = X·K and G = Kᵀ·K = G⁺ - G⁻, both parts ≥ 0, by
 *
 *     b ← b · (m + √(m² + 4·(B·G⁺)·(B·G⁻))) / (2·B·G⁺)
 *
 * With G ≥ 0 and M ≥ 0 that is the rule of Lee & Seung (2001), b · m / (B·G); G has negative entries where other modes may, M where the data do. The
 * objective does not rise, up to the smallest entries. (Sha, Lin, Saul & Lee 2007)
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
        let [plus, minus] = [0, 0];
        for (let s = 0; s < rank; s++) {
          const term = row[s] * gram[s * rank + r];
          if (term > 0) plus += term;
          else minus -= term;
        }
        const own = m[at + r];
        const root = Math.sqrt(own * own + 4 * plus * minus);
        // m + √… without cancellation.
        const share = own >= 0 ? own + root : (4 * plus * minus) / (root - own);
        const next = plus > 0 ? (row[r] * share) / (2 * plus) : 0;
        b[at + r] = next > smallest ? next : smallest;
      }
    }
  }
}
