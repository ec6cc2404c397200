import { pow } from '@neuronseek/tensor/math';
import { unitColumns } from '../unit-columns.js';

/**
 * Factors with balanced columns: of each component, the columns of the free modes have one and the same norm, and those of the fixed modes
 * norm 1. The rank-one terms stay as they are; what is taken out is the freedom to scale one mode up and another one down, which makes the normal matrix
 * of Gauss–Newton as well conditioned as it can be. A component that has vanished is zero in the first free mode and of unit norm in
 * the others, so that it can come back.
 */
export function balancedFactors(
  factors: readonly Float64Array[],
  rank: number,
  free: readonly boolean[],
  weights?: Float64Array,
): Float64Array[] {
  const columns = factors.map((factor) => unitColumns(factor, rank));
  const first = free.indexOf(true);
  const count = free.filter(Boolean).length;
  for (let r = 0; r < rank; r++) {
    const size = columns.reduce((product, { norms }) => product * norms[r], weights?.[r] ?? 1);
    const root = pow(Math.abs(size), 1 / count);
    columns.forEach(({ unit }, mode) => {
      if (!free[mode]) return;
      const scale = mode === first ? Math.sign(size) * (root || 1) : root || 1;
      for (let q = r; q < unit.length; q += rank) unit[q] *= scale;
    });
  }
  return columns.map(({ unit }) => unit);
}

/** Where the columns of each free mode begin in a vector of all parameters: mode by mode, row by row, the components fastest. */
export function offsetsOf(factors: readonly Float64Array[], free: readonly boolean[]): number[] {
  let at = 0;
  return factors.map((factor, mode) => {
    const offset = at;
    if (free[mode]) at += factor.length;
    return offset;
  });
}

/** The number of parameters. */
export function parameterCount(factors: readonly Float64Array[], free: readonly boolean[]): number {
  return factors.reduce((sum, factor, mode) => sum + (free[mode] ? factor.length : 0), 0);
}
