import { svd } from '@neuronseek/tensor/kernels';
import { normal, split } from '@neuronseek/tensor/random';
import { expanding, multiplyMode, sizeOf, withSize } from '../../low-rank/multiply-mode.js';
import { leadingColumns, orthonormal } from '../../low-rank/orthonormal.js';
import type { Scratch } from '../../low-rank/scratch.js';
import type { NormalizedData } from '../../normalized-data.js';
import { orderFor } from '../st-hosvd.js';
import { type Projection, truncate } from '../truncate.js';
import { stHosvdDefaults } from '../truncation-options.js';
import { type TuckerNumbers, tuckerNumbers } from '../tucker-numbers.js';
import type { hooiDefaults } from './options.js';

/** The bases of the start; none for modes that are not decomposed. */
export function startingBases(
  name: string,
  data: NormalizedData,
  init: (typeof hooiDefaults)['init'],
  ranks: readonly number[],
  modes: readonly number[],
  key: (typeof hooiDefaults)['key'],
  scratch: Scratch,
): Projection['bases'] {
  const { shape } = data;
  if (init === 'stHosvd') {
    const order = orderFor({ ranks }, shape, modes);
    return truncate(data, { ranks }, order, true, stHosvdDefaults, scratch).bases;
  }
  const keys = split(key, shape.length);
  const matrices =
    init === 'random'
      ? shape.map((size, mode) => normal(keys[mode], size * ranks[mode]))
      : givenFactors(name, init, shape, ranks);
  return shape.map((size, mode) =>
    modes.includes(mode) ? orthonormal(matrices[mode], size, ranks[mode], ranks[mode]) : undefined,
  );
}

function givenFactors(
  name: string,
  init: (typeof hooiDefaults)['init'],
  shape: readonly number[],
  ranks: readonly number[],
): readonly Float64Array[] {
  if (typeof init === 'object') return tuckerNumbers(name, init, { argument: 'init', shape, ranks }).factors;
  throw new RangeError(`${name}: init is not 'stHosvd', 'random' or a Tucker tensor: ${String(init)}`);
}

/** A factor that stays as it is: an orthonormal basis of its columns, and the matrix [R, columns of the basis] with factor · back = basis. */
export interface FixedFactor {
  readonly basis: Float64Array;
  readonly back: Float64Array;
}

/** By its singular value decomposition U·S·Vᵀ: basis U, back V·S⁻¹, without what is zero to rounding. */
export function fixedFactor(factor: Float64Array, rows: number, rank: number): FixedFactor {
  const count = Math.min(rows, rank);
  const values = new Float64Array(count);
  const u = new Float64Array(rows * count);
  const vt = new Float64Array(count * rank);
  svd(rows, rank, factor, 0, values, 0, u, 0, count, vt, 0, count);
  const least = Math.max(rows, rank) * 2 ** -52 * values[0];
  const kept = Math.max(1, values.filter((value) => value > least).length);
  const back = Float64Array.from({ length: rank * kept }, (_, q) => {
    const [r, c] = [Math.floor(q / kept), q % kept];
    return values[c] > 0 ? vt[c * rank + r] / values[c] : 0;
  });
  return { basis: leadingColumns(u, count, kept), back };
}

/** The model with the given factors in place of their bases, the core changed accordingly. */
export function withFixedFactors(
  model: TuckerNumbers,
  factors: readonly Float64Array[],
  fixed: readonly (FixedFactor | undefined)[],
): TuckerNumbers {
  let [core, ranks] = [model.core, [...model.ranks]];
  fixed.forEach((found, mode) => {
    if (found === undefined) return;
    const matrix = expanding(found.back, ranks[mode]);
    const next = withSize(ranks, mode, matrix.rows);
    const product = new Float64Array(sizeOf(next));
    multiplyMode(core, ranks, mode, matrix, product);
    [core, ranks] = [product, next];
  });
  return {
    shape: model.shape,
    ranks,
    core,
    factors: model.factors.map((own, mode) => (fixed[mode] ? factors[mode] : own)),
  };
}
