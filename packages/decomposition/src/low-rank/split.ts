import { gemm, norm2 } from '@neuronseek/tensor/kernels';
import { gramSpectrum, type ModeSpectrum, svdSpectrum } from './mode-spectrum.js';
import { leadingColumns } from './orthonormal.js';
import { qrFactors } from './qr-factors.js';

/** Where a factorisation is cut. */
export interface SplitOptions {
  /** Largest rank. Default: none. */
  readonly rank?: number;
  /** Largest norm of what is left out. Default: none, so that nothing is left out but for `rank`. */
  readonly discarded?: number;
  /** Singular values from an SVD always, where a Gram matrix would do for `discarded` as well. Default: false. */
  readonly accurate?: boolean;
  /** Gives the memory of `right`, contents undefined. */
  readonly allocate?: (length: number) => Float64Array;
}

/** A ≈ left · right. */
export interface Split {
  readonly rank: number;
  /** [m, rank], orthonormal columns. */
  readonly left: Float64Array;
  /** [rank, n] = leftᵀ·A; A itself where left is the unit matrix. */
  readonly right: Float64Array;
  /** ‖A - left·right‖ as the singular values tell it; 0 where none was left out. */
  readonly discarded: number;
}

/** The rounding of a Gram matrix may be this share of the square that is left out. */
const GRAM_SHARE = 0.01;

/** Rounding of singular values of an SVD in units of size · ‖A‖. */
const SVD_ROUNDING = 2 ** -52;

/**
 * The best approximation of a row-major A [m, n] of rank at most `rank`, or of the least rank from 1 that leaves out no more than a norm of
 * `discarded`, as orthonormal columns times the rest. Without `discarded` the rank is min(rank, m, n), whatever the singular values are; with
 * `discarded: 0` only what rounding cannot tell from zero is left out.
 *
 * The leading singular vectors of the short side come from the eigenvectors of a Gram matrix where what is left out stands well above its
 * rounding, eps·‖A‖² times the size, else from a triangular factor and its SVD. Where nothing is left out it is a QR factorisation, or
 * none. Cost: with s the short side, 2·s·m·n flops for the Gram matrix and 2·rank·m·n for the rest.
 */
export function splitMatrix(a: Float64Array, m: number, n: number, options: SplitOptions = {}): Split {
  const short = Math.min(m, n);
  const cap = Math.min(options.rank ?? short, short);
  if (options.discarded === undefined && cap === short) return wholeSplit(a, m, n, options);
  const { spectrum, rank, discarded } = leadingValues(a, m, n, cap, options);
  const basis = leadingColumns(spectrum.vectors, spectrum.count, rank);
  if (m <= n) {
    const right = allocated(options, rank * n);
    gemm(rank, n, m, basis, 0, 1, rank, a, 0, n, 1, right, 0, n, false);
    return { rank, left: basis, right, discarded };
  }
  // A·V has orthogonal columns only up to rounding over its smallest singular value: made so by QR.
  const image = new Float64Array(m * rank);
  gemm(m, rank, n, a, 0, n, 1, basis, 0, rank, 1, image, 0, rank, false);
  const { q, r } = qrFactors(image, m, rank);
  const right = allocated(options, rank * n);
  gemm(rank, n, rank, r, 0, rank, 1, basis, 0, 1, rank, right, 0, n, false);
  return { rank, left: q, right, discarded };
}

/** Nothing is left out: the unit matrix times A, or Q·R. */
function wholeSplit(a: Float64Array, m: number, n: number, options: SplitOptions): Split {
  if (m <= n) {
    const left = new Float64Array(m * m);
    for (let i = 0; i < m; i++) left[i * m + i] = 1;
    return { rank: m, left, right: a, discarded: 0 };
  }
  const { q, r } = qrFactors(a.slice(), m, n);
  const right = allocated(options, n * n);
  right.set(r);
  return { rank: n, left: q, right, discarded: 0 };
}

interface LeadingValues {
  readonly spectrum: ModeSpectrum;
  readonly rank: number;
  readonly discarded: number;
}

/** Singular vectors of the short side and how many of them are kept. */
function leadingValues(
  a: Float64Array,
  m: number,
  n: number,
  cap: number,
  { discarded, accurate = false }: SplitOptions,
): LeadingValues {
  const mode = m <= n ? 0 : 1;
  if (!accurate && (discarded === undefined || discarded > 0)) {
    const spectrum = gramSpectrum(a, [m, n], mode);
    const found = cut(spectrum, cap, discarded);
    const square = Math.max(discarded ?? 0, found.discarded) ** 2;
    if (spectrum.rounding <= GRAM_SHARE * square) return found;
  }
  const spectrum = svdSpectrum(a, [m, n], mode);
  const floor = SVD_ROUNDING * spectrum.count * norm2(spectrum.count, spectrum.values, 0, 1);
  return cut(spectrum, cap, discarded === undefined ? undefined : Math.max(discarded, floor));
}

/** The least rank from 1 to `cap` that leaves out no more than `discarded`, whatever the rounding; `cap` where there is none. */
function cut(spectrum: ModeSpectrum, cap: number, discarded: number | undefined): LeadingValues {
  const { values, count, rounding } = spectrum;
  const limit =
    discarded === undefined || rounding === 0 ? discarded : Math.sqrt(Math.max(0, discarded * discarded - rounding));
  let rank = Math.min(cap, count);
  let tail = norm2(count - rank, values, rank, 1);
  while (limit !== undefined && rank > 1) {
    const next = Math.hypot(tail, values[rank - 1]);
    if (!(next <= limit)) break;
    tail = next;
    rank--;
  }
  return { spectrum, rank, discarded: tail };
}

function allocated({ allocate }: SplitOptions, length: number): Float64Array {
  return allocate ? allocate(length) : new Float64Array(length);
}
