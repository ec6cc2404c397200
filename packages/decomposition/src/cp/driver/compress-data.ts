import { key } from '@neuronseek/tensor/random';
import type { NormalizedData } from '../../normalized-data.js';
import { projectionError } from '../../tucker/relative-error.js';
import { type Compressed, compress } from './compress.js';
import type { ResolvedCpOptions } from './options.js';

/** Data as a core and orthonormal factors, and the error of that. */
export interface CompressedData extends Compressed {
  /** ‖x - core ×₀ U₀ …‖ / ‖x‖ */
  readonly left: number;
}

/** Decides the draws of every compression, whatever the key of a fit: fits of the same data from several keys have the same core, which is made once. */
const KEY = /* @__PURE__ */ key(0);

/** The core that a fit of this rank begins with, or undefined where it does not pay. */
export function compressData(
  data: NormalizedData,
  rank: number,
  options: Pick<ResolvedCpOptions, 'compress' | 'fixedModes' | 'maxIterations' | 'tolerance'>,
): CompressedData | undefined {
  const ranks = coreSizes(data.shape, rank, options);
  if (ranks === undefined) return undefined;
  const small = compress(data, ranks, KEY);
  return { ...small, left: projectionError(data, small, options.tolerance) };
}

/**
 * Sizes of the core beyond the rank: where x is far from any model of the rank, its leading singular vectors are not those of the best model, and a core of
 * no more than the rank can hold a saddle only (W at rank 1).
 */
const SPARE = 2;

/** Which ranks to compress to, or undefined where it does not pay. */
function coreSizes(
  shape: readonly number[],
  rank: number,
  { compress: wanted, fixedModes, maxIterations }: Pick<ResolvedCpOptions, 'compress' | 'fixedModes' | 'maxIterations'>,
): readonly number[] | undefined {
  if (wanted === false || fixedModes.length > 0 || maxIterations === 0) return undefined;
  const sizes = wanted === true ? shape.map((size) => Math.min(size, rank + SPARE)) : wanted;
  const shrinks = sizes.reduce((product, size, mode) => (product * size) / shape[mode], 1);
  return 2 * shrinks <= 1 ? sizes : undefined;
}
