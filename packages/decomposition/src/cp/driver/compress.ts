import { mttkrp } from '@neuronseek/tensor/kernels';
import { fold, type Key, normal, split } from '@neuronseek/tensor/random';
import { multiplyMode, projecting, sizeOf, withSize } from '../../low-rank/multiply-mode.js';
import { orthonormal } from '../../low-rank/orthonormal.js';
import { type Scratch, withMemory } from '../../low-rank/scratch.js';
import type { NormalizedData } from '../../normalized-data.js';
import { leadingBasis } from './leading-basis.js';

/** x ≈ core ×₀ U₀ … with orthonormal Uₙ [Iₙ, rₙ]. */
export interface Compressed {
  readonly shape: readonly number[];
  readonly ranks: readonly number[];
  readonly core: Float64Array;
  readonly factors: readonly Float64Array[];
}

/** Columns of a sketch beyond the rank. */
const OVERSAMPLING = 8;

/** Elements from which the first mode is sketched: below, a Gram matrix of it is nothing. */
const LARGE = 2 ** 16;

/**
 * Sequentially truncated HOSVD with the given ranks, rₙ ≤ Iₙ. (Vannieuwenhoven, Vandebril & Meerbergen 2012)
 *
 * Large tensors: of the first or the last mode, whichever shrinks more, first only a sketch, as many random combinations of fibers as the rank and
 * 8 more. What it spans serves to find the other modes, on a tensor that is already small; with these x is projected once more, and the
 * mode found again, as one step of HOOI does: better than a power iteration of the sketch, at a third of its passes over x. Cost: three passes over x,
 * 2·(3·r + 16)·size(x) flops, and memory for 2·(r + 8)·size(x)/I.
 */
export function compress(data: NormalizedData, ranks: readonly number[], key: Key): Compressed {
  const { elements, shape } = data;
  const last = shape.length - 1;
  const mode = shape[0] / ranks[0] >= shape[last] / ranks[last] ? 0 : last;
  const count = Math.min(shape[mode], ranks[mode] + OVERSAMPLING);
  if (elements.length < LARGE || 2 * count > shape[mode] || last === 0) return shrink(elements, shape, ranks, {}, key);
  const other = mode === 0 ? last : 0;
  const [kept, rest] = [elements.length / shape[mode], elements.length / shape[other]];
  return withMemory(0, 2 * (Math.max(count * kept, ranks[other] * rest) + 64), (_, scratch) => {
    const basis = sketch(elements, shape, mode, count, key);
    const others = scratch.within(() => {
      const projected = project(elements, shape, mode, basis, count, scratch);
      return shrink(projected, withSize(shape, mode, count), withSize(ranks, mode, count), {}, key).factors;
    });
    const reduced = project(elements, shape, other, others[other], ranks[other], scratch);
    const known = Object.fromEntries(others.map((factor, m) => [m, factor]).filter(([m]) => m !== mode));
    const small = shrink(
      reduced,
      withSize(shape, other, ranks[other]),
      ranks,
      {
        ...known,
        [other]: identity(ranks[other]),
      },
      key,
    );
    return { ...small, shape, factors: small.factors.map((factor, m) => (m === other ? others[m] : factor)) };
  });
}

/** Mode after mode, the known factors first: each shrinks the tensor that the next one is found on. */
function shrink(
  x: Float64Array,
  shape: readonly number[],
  ranks: readonly number[],
  known: Readonly<Record<number, Float64Array>>,
  key: Key,
): Compressed {
  const modes = [...shape.keys()].sort((a, b) => {
    const [first, second] = [a, b].map((m) => (m in known ? 0 : 1));
    return first - second || ranks[a] / shape[a] - ranks[b] / shape[b];
  });
  const factors: Float64Array[] = new Array(shape.length);
  let [core, sizes] = [x, [...shape]];
  for (const mode of modes) {
    const factor = known[mode] ?? basisOf(core, sizes, mode, ranks[mode], key);
    factors[mode] = factor;
    if (sizes[mode] === ranks[mode] && isIdentity(factor, ranks[mode])) continue;
    const next = withSize(sizes, mode, ranks[mode]);
    const projected = new Float64Array(sizeOf(next));
    multiplyMode(core, sizes, mode, projecting(factor, ranks[mode]), projected);
    [core, sizes] = [projected, next];
  }
  return { shape, ranks, core: core === x ? x.slice() : core, factors };
}

/** Leading singular vectors, or all unit vectors where none is left out. */
function basisOf(x: Float64Array, shape: readonly number[], mode: number, rank: number, key: Key): Float64Array {
  return rank === shape[mode] ? identity(rank) : leadingBasis(x, shape, mode, rank, fold(key, 2 + mode));
}

/** Orthonormal columns [I, count] that span random combinations of the fibers of a mode. */
function sketch(x: Float64Array, shape: readonly number[], mode: number, count: number, key: Key): Float64Array {
  const keys = split(fold(key, 1), shape.length);
  const draws = shape.map((size, m) => (m === mode ? new Float64Array(size * count) : normal(keys[m], size * count)));
  const image = new Float64Array(shape[mode] * count);
  mttkrp(x, shape, draws, count, mode, image);
  return orthonormal(image, shape[mode], count, count);
}

function project(
  x: Float64Array,
  shape: readonly number[],
  mode: number,
  basis: Float64Array,
  count: number,
  scratch: Scratch,
): Float64Array {
  const out = scratch.take((x.length / shape[mode]) * count);
  multiplyMode(x, shape, mode, projecting(basis, count), out);
  return out;
}

function identity(n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) out[i * n + i] = 1;
  return out;
}

function isIdentity(matrix: Float64Array, n: number): boolean {
  return matrix.length === n * n && matrix.every((value, q) => value === (q % (n + 1) === 0 ? 1 : 0));
}
