import { norm2 } from '@neuronseek/tensor/kernels';
import type { Key } from '@neuronseek/tensor/random';
import { gramSpectrum, type ModeSpectrum, svdSpectrum } from './mode-spectrum.js';
import { leadingColumns, orthonormal } from './orthonormal.js';
import { sketchedSpectrum } from './range-finder.js';

/** Where a spectrum is cut: at a number of vectors (at most I_n), or where the norm of what is left out is at most `discarded`. */
export type SpectrumCut = { readonly rank: number } | { readonly discarded: number };

/** How the leading singular vectors are found. */
export interface SubspaceMethod {
  readonly method: 'exact' | 'randomized';
  readonly oversampling: number;
  readonly powerIterations: number;
  readonly key: Key;
}

/** An orthonormal basis of the leading left singular vectors of an unfolding. */
export interface ModeSubspace {
  readonly rank: number;
  /** [I_n, rank] */
  readonly basis: Float64Array;
  /** All singular values that were found, descending. */
  readonly values: Float64Array;
}

/** The rounding of a Gram matrix may be this share of the square that a cut leaves out. */
const GRAM_SHARE = 0.01;

/**
 * The leading left singular vectors of the unfolding of a gap-free row-major x in one mode, cut as asked, at least one of them.
 *
 * Gram matrix and eigenvectors where what is left out stands well above their rounding, I_n·eps·‖x‖²; else QR and SVD, and for unfoldings
 * with fewer columns than rows as well. `method: 'randomized'` asks for a sketch first, which is passed over where it would be no smaller than the mode.
 */
export function modeSubspace(
  x: Float64Array,
  shape: readonly number[],
  mode: number,
  cut: SpectrumCut,
  method?: SubspaceMethod,
): ModeSubspace {
  const size = shape[mode];
  const sketch = method?.method === 'randomized' ? sketchedSpectrum(x, shape, mode, cut, method) : undefined;
  if (sketch) return cutSpectrum(sketch, size, cut);
  if (x.length / size >= size && !isFine(x, size, cut)) {
    const spectrum = gramSpectrum(x, shape, mode);
    if (gramIsEnough(spectrum, cut)) return cutSpectrum(spectrum, size, cut);
  }
  return cutSpectrum(svdSpectrum(x, shape, mode), size, cut);
}

/** Whether a bound is known to be too fine for a Gram matrix before that is formed. */
function isFine(x: Float64Array, size: number, cut: SpectrumCut): boolean {
  if (!('discarded' in cut)) return false;
  return cut.discarded ** 2 * GRAM_SHARE <= size * 2 ** -52 * norm2(x.length, x, 0, 1) ** 2;
}

/** Whether values off by the root of `rounding` still say where to cut, and the vectors lose nothing that matters. */
function gramIsEnough({ values, rounding }: ModeSpectrum, cut: SpectrumCut): boolean {
  if ('discarded' in cut) return cut.discarded ** 2 * GRAM_SHARE > rounding;
  return cut.rank >= values.length || tailSquares(values, cut.rank) * GRAM_SHARE > rounding || rounding === 0;
}

function cutSpectrum(spectrum: ModeSpectrum, size: number, cut: SpectrumCut): ModeSubspace {
  const { values, vectors, count } = spectrum;
  const rank = 'rank' in cut ? Math.min(cut.rank, size) : rankWithin(spectrum, cut.discarded);
  const basis = rank > count ? orthonormal(vectors, size, count, rank) : leadingColumns(vectors, count, rank);
  return { rank, basis, values };
}

/** The least rank from 1 that leaves out no more than a norm of `discarded`, whatever the rounding. */
function rankWithin({ values, rest, rounding }: ModeSpectrum, discarded: number): number {
  let squares = rest * rest + rounding;
  let rank = values.length;
  while (rank > 1) {
    squares += values[rank - 1] ** 2;
    if (Math.sqrt(squares) > discarded) break;
    rank--;
  }
  return rank;
}

/** Σ of squares from `first` on, the smallest ones added first. */
function tailSquares(values: Float64Array, first: number): number {
  let squares = 0;
  for (let j = values.length - 1; j >= first; j--) squares += values[j] ** 2;
  return squares;
}
