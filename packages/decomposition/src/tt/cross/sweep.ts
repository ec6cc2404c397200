import { svd } from '@neuronseek/tensor/kernels';
import type { TtNumbers } from '../tt-numbers.js';
import { appended, type IndexSet, placesOf, prepended, union } from './index-set.js';
import { maxvol } from './maxvol.js';
import type { Source } from './source.js';

/** The crosses at the bonds between modes: bond k lies before mode k. */
export interface Crosses {
  readonly shape: readonly number[];
  /** Indices of the modes before each bond. */
  readonly left: IndexSet[];
  /** Indices of the modes behind it. */
  readonly right: IndexSet[];
}

/** What a sweep is held to. */
export interface SweepOptions {
  readonly forward: boolean;
  /** One a bond. */
  readonly caps: readonly number[];
  /** Share of the norm of a fibre matrix that its columns may leave out. */
  readonly tolerance: number;
  /** Root of the mean square of the tensor. */
  readonly scale: number;
  /** More indices on the far side of a bond. */
  readonly probes: (bond: number) => IndexSet;
}

/** Rows of the last sweep stay unless a swap raises the volume by this factor: what was evaluated for them is then used again. */
const WARM_BOUND = 2;

/** Fibres lie where the tensor is large, so that a norm typical of the tensor says more than theirs; but where peaks are rare, not much less. */
const LEAST_TYPICAL = 1e-2;

/** Rounding of the values in a fibre matrix, in units of its largest possible entry. */
const ROUNDING = 2 ** -51;

/**
 * One sweep of cross interpolation over the modes: at each bond the fibres through the indices on both sides are evaluated, as a matrix; its
 * leading left singular vectors, divided by their rows of nearly largest volume, are the core, and those rows the new indices of the near side.
 * The indices of the far side are those of the last sweep in the other direction, and probes, by which ranks grow.
 * Undefined where the source has stopped. (Oseledets & Tyrtyshnikov 2010; Mikhalev & Oseledets 2018)
 */
export function sweep(crosses: Crosses, source: Source, options: SweepOptions): TtNumbers | undefined {
  const { shape, left, right } = crosses;
  const order = shape.length;
  const cores = new Array<Float64Array>(order);
  for (let step = 0; step < order - 1; step++) {
    const mode = options.forward ? step : order - 1 - step;
    const core = options.forward
      ? forwardStep(crosses, source, options, mode)
      : backwardStep(crosses, source, options, mode);
    if (core === undefined) return undefined;
    cores[mode] = core;
  }
  const last = options.forward ? order - 1 : 0;
  const core = source.requestCross(left[last], shape[last], right[last + 1]);
  if (core === undefined) return undefined;
  cores[last] = core;
  const sets = options.forward ? left : right;
  return { shape, ranks: sets.map(({ count }, bond) => (bond === 0 || bond === order ? 1 : count)), cores };
}

function forwardStep(
  { shape, left, right }: Crosses,
  source: Source,
  options: SweepOptions,
  mode: number,
): Float64Array | undefined {
  const n = shape[mode];
  const near = left[mode];
  const far = union([right[mode + 1], options.probes(mode + 1)]);
  const values = source.requestCross(near, n, far);
  if (values === undefined) return undefined;
  const rows = near.count * n;
  const all = appended(
    near,
    n,
    Int32Array.from({ length: rows }, (_, s) => s),
  );
  const start = placesOf(left[mode + 1], all);
  const chosen = interpolation(values, rows, far.count, options, mode + 1, source.largest(), start);
  left[mode + 1] = appended(near, n, chosen.rows);
  return chosen.coefficients;
}

function backwardStep(
  { shape, left, right }: Crosses,
  source: Source,
  options: SweepOptions,
  mode: number,
): Float64Array | undefined {
  const n = shape[mode];
  const near = right[mode + 1];
  const far = union([left[mode], options.probes(mode)]);
  const values = source.requestCross(far, n, near);
  if (values === undefined) return undefined;
  const rows = n * near.count;
  const all = prepended(
    near,
    Int32Array.from({ length: rows }, (_, s) => s),
  );
  const start = placesOf(right[mode], all);
  const fibres = transposed(values, far.count, rows);
  const chosen = interpolation(fibres, rows, far.count, options, mode, source.largest(), start);
  right[mode] = prepended(near, chosen.rows);
  return transposed(chosen.coefficients, rows, chosen.rows.length);
}

/** Rows of a fibre matrix [m, n] and the coefficients [m, rank] by which they give all the others. */
function interpolation(
  fibres: Float64Array,
  m: number,
  n: number,
  { caps, tolerance, scale }: SweepOptions,
  bond: number,
  largest: number,
  start: readonly number[],
): { readonly rows: Int32Array; readonly coefficients: Float64Array } {
  const count = Math.min(m, n);
  const s = new Float64Array(count);
  const u = new Float64Array(m * count);
  svd(m, n, fibres, 0, s, 0, u, 0, count, new Float64Array(count * n), 0, count);
  let norm = 0;
  for (let j = 0; j < count; j++) norm = Math.hypot(norm, s[j]);
  const typical = Math.min(norm, Math.max(scale * Math.sqrt(m * n), LEAST_TYPICAL * norm));
  const limit = Math.max(tolerance * typical, ROUNDING * Math.sqrt(m * n) * largest);
  let rank = count;
  let tail = 0;
  while (rank > 1) {
    tail = Math.hypot(tail, s[rank - 1]);
    if (tail > limit) break;
    rank--;
  }
  rank = Math.min(rank, caps[bond]);
  const basis = new Float64Array(m * rank);
  for (let i = 0; i < m; i++) for (let j = 0; j < rank; j++) basis[i * rank + j] = u[i * count + j];
  return maxvol(basis, m, rank, start.length > 0 ? { start, bound: WARM_BOUND } : {});
}

function transposed(matrix: Float64Array, m: number, n: number): Float64Array {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out[j * m + i] = matrix[i * n + j];
  return out;
}
