import { dot, roundDivide, subtractMultiple } from './dot.js';
import type { ReducedBasis } from './lll.js';

/**
 * A vector of the lattice near `target` (Babai's nearest plane, 1986): with t the target and v the result,
 *
 *     t − v = Σ_i c_i·b*_i + (what is orthogonal to the lattice),   |c_i| ≤ 1/2
 *
 * so that |t − v|² ≤ ¼·Σ|b*_i|² where the rows span the space. Exact. Throws a RangeError for a target of another length than the rows. Cost: O(n²) products.
 */
export function babai({ basis, gramDeterminants: d, lambda }: ReducedBasis, target: readonly bigint[]): bigint[] {
  const [{ length }] = basis;
  if (target.length !== length) {
    throw new RangeError(`babai: the target must have as many numbers as a row: got ${target.length}, not ${length}`);
  }
  const rest = [...target];
  // d_(i+1)·c_i as for a further row of the basis; they are integers by the same divisions.
  const own: bigint[] = [];
  for (let j = 0; j < basis.length; j++) {
    let u = dot(rest, basis[j]);
    for (let i = 0; i < j; i++) u = (d[i + 1] * u - own[i] * lambda[j][i]) / d[i];
    own.push(u);
  }
  for (let j = basis.length - 1; j >= 0; j--) {
    const q = roundDivide(own[j], d[j + 1]);
    if (q === 0n) continue;
    subtractMultiple(rest, q, basis[j]);
    own[j] -= q * d[j + 1];
    for (let i = 0; i < j; i++) own[i] -= q * lambda[j][i];
  }
  return target.map((t, i) => t - rest[i]);
}
