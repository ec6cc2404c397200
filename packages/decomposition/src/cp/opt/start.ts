import { ones, type Shape, tensor } from '@neuronseek/tensor';
import { pow } from '@neuronseek/tensor/math';
import type { Key } from '@neuronseek/tensor/random';
import type { NormalizedData } from '../../normalized-data.js';
import { cpNorm } from '../cp-norm.js';
import type { CpNumbers } from '../cp-numbers.js';
import type { CpTensor } from '../cp-tensor.js';
import type { CpInitMethod } from '../initialize-cp.js';
import { randomFactors, svdFactors } from '../starting-factors.js';
import { unitColumns } from '../unit-columns.js';

/** Share of random directions in a start of singular vectors, which inherit every symmetry of the data. */
const STIR = 0.01;

/** A start made from the data, of norm `size`; of norm 0, its first factor zero, where the data are zero. */
export function startFromData(
  { elements, shape, squares }: Pick<NormalizedData, 'elements' | 'shape' | 'squares'>,
  rank: number,
  init: CpInitMethod,
  key: Key,
  nonnegative: boolean,
  size: number,
): CpTensor {
  let units = randomFactors(shape, rank, key).map((factor) => unitColumns(factor, rank).unit);
  if (init === 'svd') {
    const stir = units;
    units = svdFactors(elements, shape, rank, key).map((factor, n) => factor.map((v, q) => v + STIR * stir[n][q]));
  }
  if (nonnegative) units = units.map((unit) => unit.map(Math.abs));
  if (squares === 0) units[0].fill(0);
  return scaledTo(size, units, shape, rank);
}

function scaledTo(size: number, units: readonly Float64Array[], shape: Shape, rank: number): CpTensor {
  const factors = units.map((unit, n) => tensor(unit, [shape[n], rank]));
  const norm = cpNorm({ weights: ones([rank]), factors });
  const scale = norm > 0 ? size / norm : 1;
  return { weights: tensor(new Float64Array(rank).fill(scale)), factors };
}

/** What is minimised over, and how to get back to the units of the data. */
export interface ScaledFactors {
  /** Factors for data of norm 1. */
  readonly factors: Float64Array[];
  /** ridge[r] of a unit ridge: what ½‖Aₙ[:, r]‖² in units of the data, over ‖x‖², is of that of `factors`. */
  readonly ridge: Float64Array;
  /** Free factors times this, and fixed ones as they are, are factors of the data; undefined where columns were balanced. */
  readonly scale: number | undefined;
}

/** Components of the start beyond this, in units of the data, are taken as this large, so that squares of gradients stay in range. */
const LARGEST_SIZE = 1e50;

/** A share of the ridge beyond this leaves nothing of a component however small the ridge is; infinite ones would make a ridge of 0 a NaN. */
const LARGEST_SHARE = 1e300;

/**
 * Factors with columns of one norm in the free modes of each component, and of norm 1 in the fixed ones: rank-one terms are as they were, and the
 * problem is as well scaled as it can be. A component that has vanished is zero in the first free mode only, so that it can come back.
 */
export function balanced(
  { factors, rank, weights }: CpNumbers,
  free: readonly boolean[],
  dataNorm: number,
): ScaledFactors {
  const columns = factors.map((factor) => unitColumns(factor, rank));
  const first = free.indexOf(true);
  const count = free.filter(Boolean).length;
  const ridge = new Float64Array(rank);
  for (let r = 0; r < rank; r++) {
    const whole = columns.reduce((product, { norms }) => product * norms[r], weights[r] / dataNorm);
    const root = pow(Math.min(Math.abs(whole), LARGEST_SIZE), 1 / count);
    columns.forEach(({ unit }, mode) => {
      if (!free[mode]) return;
      const scale = mode === first ? Math.sign(whole) * root : root || 1;
      for (let q = r; q < unit.length; q += rank) unit[q] *= scale;
    });
    const fixed = columns.reduce((product, { norms }, mode) => (free[mode] ? product : product * norms[r]), 1);
    const share = fixed > 0 ? pow(dataNorm / fixed, 1 / count) / dataNorm : 0;
    ridge[r] = Math.min(share * share, LARGEST_SHARE);
  }
  return { factors: columns.map(({ unit }) => unit), ridge, scale: undefined };
}

/** Factors as they are, the weights shared out, but for one number, the same for all free modes: where bounds hold that are not only about signs. */
export function rescaled(
  { factors, rank, weights }: CpNumbers,
  free: readonly boolean[],
  dataNorm: number,
): ScaledFactors {
  const first = free.indexOf(true);
  const count = free.filter(Boolean).length;
  const scale = pow(dataNorm, 1 / count);
  const shares = weights.map((w) => pow(Math.abs(w), 1 / count) / scale);
  const scaled = factors.map((factor, mode) => {
    if (!free[mode]) return factor.slice();
    return factor.map((v, q) => v * shares[q % rank] * (mode === first ? Math.sign(weights[q % rank]) : 1));
  });
  const share = scale / dataNorm;
  return { factors: scaled, ridge: new Float64Array(rank).fill(Math.min(share * share, LARGEST_SHARE)), scale };
}
