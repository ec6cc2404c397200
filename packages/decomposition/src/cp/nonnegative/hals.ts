/** Passes end when one changes the factor by less than this share of what the first did (Gillis & Glineur 2012, section 3). */
const WORTHWHILE = 0.1;

/**
 * Hierarchical alternating least squares: min ‖B·Kᵀ - X‖² over B ≥ 0 [rows, rank], one column after another, each by its exact solution
 *
 *     b_r ← max(0, b_r + (m_r - B·g_r) / g_rr)
 *
 * given M = X·K and G = Kᵀ·K; columns with g_rr = 0 have no part in the product and stay. B is overwritten; the objective never rises. Several passes pay because M
 * costs far more than a pass. Cost: 2·rows·rank² flops a pass. (Cichocki & Phan 2009; Gillis & Glineur 2012)
 */
export function hals(rank: number, gram: Float64Array, m: Float64Array, b: Float64Array, mostPasses: number): void {
  let first = 0;
  for (let pass = 0; pass < mostPasses; pass++) {
    let change = 0;
    for (let r = 0; r < rank; r++) change += updateColumn(rank, gram, m, b, r);
    if (pass === 0) first = change;
    // The squares of the norms are compared.
    if (change <= WORTHWHILE * WORTHWHILE * first) return;
  }
}

/** One column; returns the square of the norm of its change. */
function updateColumn(rank: number, gram: Float64Array, m: Float64Array, b: Float64Array, r: number): number {
  const diagonal = gram[r * rank + r];
  if (!(diagonal > 0)) return 0;
  let change = 0;
  for (let row = 0; row < b.length; row += rank) {
    let rest = m[row + r];
    for (let s = 0; s < rank; s++) rest -= b[row + s] * gram[s * rank + r];
    const before = b[row + r];
    const after = Math.max(0, before + rest / diagonal);
    b[row + r] = after;
    change += (after - before) * (after - before);
  }
  return change;
}
