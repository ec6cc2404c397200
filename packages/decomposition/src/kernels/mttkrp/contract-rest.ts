/**
 * All modes but one of a partial result contracted column by column:
 *
 *     out[i_mode, r] = Σ partial[i₀, …, i_{K-1}, r] · Π_{m≠mode} factors[m][i_m, r],    partial [I₀, …, I_{K-1}, rank]
 *
 * Where there is no other mode that is `partial` itself.
 */
export function contractRest(
  partial: Float64Array,
  factors: readonly Float64Array[],
  rank: number,
  mode: number,
): Float64Array {
  let current = partial;
  for (let m = factors.length - 1; m > mode; m--) current = contractLast(current, factors[m], rank);
  for (let m = 0; m < mode; m++) current = contractFirst(current, factors[m], rank);
  return current;
}

/** out[q, r] = Σ_i p[q, i, r] · factor[i, r] */
function contractLast(p: Float64Array, factor: Float64Array, rank: number): Float64Array {
  const out = new Float64Array((p.length / factor.length) * rank);
  let at = 0;
  for (let target = 0; target < out.length; target += rank) {
    for (let i = 0; i < factor.length; i += rank) {
      for (let r = 0; r < rank; r++) out[target + r] += p[at + r] * factor[i + r];
      at += rank;
    }
  }
  return out;
}

/** out[q, r] = Σ_i p[i, q, r] · factor[i, r] */
function contractFirst(p: Float64Array, factor: Float64Array, rank: number): Float64Array {
  const out = new Float64Array((p.length / factor.length) * rank);
  let at = 0;
  for (let i = 0; i < factor.length; i += rank) {
    for (let target = 0; target < out.length; target += rank) {
      for (let r = 0; r < rank; r++) out[target + r] += p[at + r] * factor[i + r];
      at += rank;
    }
  }
  return out;
}
