import { fold, type Key } from '@neuronseek/tensor/random';
import { multiplyMode, projecting, sizeOf, withSize } from '../../low-rank/multiply-mode.js';
import { type Scratch, withMemory } from '../../low-rank/scratch.js';
import type { NormalizedData } from '../../normalized-data.js';
import { leadingBasis } from './leading-basis.js';
import { sampledBasis } from './sampled-basis.js';

/** x ≈ core ×₀ U₀ … with orthonormal Uₙ [Iₙ, rₙ]. */
export interface Compressed {
  readonly shape: readonly number[];
  readonly ranks: readonly number[];
  readonly core: Float64Array;
  readonly factors: readonly Float64Array[];
}

/** Columns of the first, sampled basis beyond the rank. */
const OVERSAMPLING = 4;

/** Elements from which one mode is sampled first: below, a Gram matrix of it is nothing. */
const LARGE = 2 ** 16;

/**
 * Truncated HOSVD with the given ranks, rₙ ≤ Iₙ: sequential for small tensors. (Vannieuwenhoven, Vandebril & Meerbergen 2012)
 *
 * Large tensors: of the first or the last mode, whichever shrinks more, first a basis from a sample of fibers. It serves to find
 * the other modes, on a tensor that is already small; with these x is projected once more, and the mode found again, as one step of HOOI does. Cost:
 * three passes over x, 2·(2·r + 5)·size(x) flops, and memory for 2·(r + 4)·size(x)/I.
 */
export function compress(data: NormalizedData, ranks: readonly number[], key: Key): Compressed {
  const { elements, shape } = data;
  const last = shape.length - 1;
  const mode = shape[0] / ranks[0] > shape[last] / ranks[last] ? 0 : last;
  const count = Math.min(shape[mode], ranks[mode] + OVERSAMPLING);
  if (elements.length < LARGE || 2 * count > shape[mode] || last === 0) return shrink(elements, shape, ranks, {}, key);
  const other = mode === 0 ? last : 0;
  const [kept, rest] = [elements.length / shape[mode], elements.length / shape[other]];
  return withMemory(0, 2 * (Math.max(count * kept, ranks[other] * rest) + 64), (_, scratch) => {
    const basis = sampledBasis(elements, shape, mode, count, fold(key, 1));
    const others = scratch.within(() => {
      const projected = project(elements, shape, mode, basis, count, scratch);
      return shrink(projected, withSize(shape, mode, count), withSize(ranks, mode, count), {}, key).factors;
    });
    const reduced = project(elements, shape, other, others[other], ranks[other], scratch);
    const found = others.flatMap((factor, m) => (m === mode || m === other ? [] : [[m, factor] as const]));
    const known = { ...Object.fromEntries(found), [other]: identity(ranks[other]) };
    const small = shrink(reduced, withSize(shape, other, ranks[other]), ranks, known, key);
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
    const rank = ranks[mode];
    if (rank === sizes[mode]) {
      factors[mode] = identity(rank);
      continue;
    }
    factors[mode] = known[mode] ?? leadingBasis(core, sizes, mode, rank, fold(key, 2 + mode));
    const next = withSize(sizes, mode, rank);
    const projected = new Float64Array(sizeOf(next));
    multiplyMode(core, sizes, mode, projecting(factors[mode], rank), projected);
    [core, sizes] = [projected, next];
  }
  return { shape, ranks, core: core === x ? x.slice() : core, factors };
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
