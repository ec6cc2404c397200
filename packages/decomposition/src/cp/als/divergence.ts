import { type Degeneracy, degeneracy } from '../../metrics/degeneracy.js';
import type { CpTensor } from '../cp-tensor.js';

/** Why a fit counts as degenerate, or does not. */
export interface CpAlsDegeneracy extends Degeneracy {
  /** Largest component norm at the end over that after half of the sweeps. */
  readonly growth: number;
  /** The same over that after three quarters of the sweeps. */
  readonly recentGrowth: number;
}

/** Components more opposed than this cancel; the rank-one terms of a convergent fit seldom do. */
const OPPOSED = -0.95;

/** Growth below this is rounding. */
const GROWING = 1 + 1e-6;

/** The evidence, from the final model and the largest component norm after each sweep. */
export function divergence(cp: CpTensor, largest: readonly number[]): CpAlsDegeneracy {
  return { ...degeneracy(cp), growth: growthSince(largest, 0.5), recentGrowth: growthSince(largest, 0.75) };
}

/**
 * Whether two components cancel and the largest one grows without end in sight.
 *
 * Norms on their way to a limit get there geometrically: what the last quarter of the sweeps adds vanishes against what the quarter
 * before added. Without a limit they follow a root of the number of sweeps, and the two are alike. The bound stands between, at
 * a quarter: log(recent) > log(growth / recent) / 4.
 */
export function isDiverging({ cosine, growth, recentGrowth }: CpAlsDegeneracy): boolean {
  const fifthPower = recentGrowth * recentGrowth * recentGrowth * recentGrowth * recentGrowth;
  return cosine < OPPOSED && growth > GROWING && fifthPower > growth;
}

/** The last number over that at a fraction of the list; 1 where there is nothing to compare. */
function growthSince(largest: readonly number[], fraction: number): number {
  const before = largest[Math.floor((largest.length - 1) * fraction)];
  return before > 0 ? largest[largest.length - 1] / before : 1;
}
