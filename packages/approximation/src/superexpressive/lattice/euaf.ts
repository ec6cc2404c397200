/**
 * The elementary universal activation function (Shen, Yang and Zhang 2022): a triangle wave of period 2 on the right, softsign on the left.
 *
 *     σ(t) = |t − 2·⌊(t + 1)/2⌋| for t ≥ 0,   t/(1 + |t|) for t < 0
 */
export function euaf(t: number): number {
  return t >= 0 ? Math.abs(t - 2 * Math.floor((t + 1) / 2)) : t / (1 - t);
}
