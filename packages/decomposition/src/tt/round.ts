import { gemm, norm2 } from '@neuronseek/tensor/kernels';
import { splitMatrix } from '../low-rank/split.js';
import { type OrthogonalTrain, orthogonalTrain } from './orthogonalize.js';
import { scaledProduct } from './scaled.js';
import { type TtResult, zeroTrain } from './tensor-train.js';
import { type ResolvedTruncation, resolveTruncation, type TtTruncation } from './truncation.js';
import { type TtNumbers, ttNumbers, ttOfNumbers } from './tt-numbers.js';
import type { TtTensor } from './tt-tensor.js';

/** What rounding may add to the relative error of a train, in units of its number of cores. */
const ROUNDING = 2 ** -51;

/**
 * TT rounding: a tensor train with smaller ranks, without forming the tensor.
 *
 * `{ eps }`: ‖tt - result‖ ≤ eps · ‖tt‖, so that ranks grown by additions and products fall back to those of the tensor; `{ ranks }`:
 * inner ranks at most those, the error at most √(N - 1) times the best possible one. Cores of the result are left-orthogonal but for the
 * last. Orthogonalisation from right to left, then truncated singular value decompositions from left to right: right across any number of
 * decades, as no Gram matrix is formed. A zero tensor has ranks 1.
 *
 * Where terms cancel, as in a - a, what remains is rounding noise of the terms, about 1e-16 of their size: it cannot be told from a small
 * tensor. Cost: about 2·N·n·r³ + 14·N·n·r²·r' flops. (Oseledets 2011, algorithm 2)
 *
 * @throws RangeError where shapes do not agree, a number is not finite, eps or ranks is out of range or both are missing
 */
export function ttRound(tt: TtTensor, options: TtTruncation): TtResult {
  return ttRoundFor('ttRound', tt, options);
}

/** The same on behalf of another function, which errors name. */
export function ttRoundFor(name: string, tt: TtTensor, options: TtTruncation): TtResult {
  const numbers = ttNumbers(name, tt);
  return roundNumbers(numbers, resolveTruncation(name, options, numbers.shape.length));
}

/** The same on numbers and checked options. */
export function roundNumbers(numbers: TtNumbers, { eps, caps }: ResolvedTruncation): TtResult {
  const train = orthogonalTrain(numbers, 0);
  const norm = scaledProduct(train.scales);
  const order = train.shape.length;
  const discarded = train.scales.includes(0) ? undefined : truncate(train, caps, eps, order);
  if (discarded === undefined) {
    const zero = zeroTrain(train.shape);
    return { ...ttOfNumbers(zero.numbers), ranks: zero.numbers.ranks, relativeError: 0, discarded: zero.discarded };
  }
  const last = train.cores[order - 1];
  for (let q = 0; q < last.length; q++) last[q] *= norm;
  const known = norm2(discarded.length, Float64Array.from(discarded), 0, 1);
  return {
    ...ttOfNumbers(train),
    ranks: train.ranks,
    relativeError: Math.max(known, order > 1 ? ROUNDING * order : 0),
    discarded,
  };
}

/** Cuts a train of norm 1 that is orthogonal from the right; what was left out at each inner rank. */
function truncate(train: OrthogonalTrain, caps: readonly number[], eps: number | undefined, order: number): number[] {
  const { shape, ranks, cores } = train;
  const limit = eps === undefined ? undefined : eps / Math.sqrt(Math.max(1, order - 1));
  const discarded: number[] = [];
  for (let k = 0; k < order - 1; k++) {
    const inner = ranks[k + 1];
    const split = splitMatrix(cores[k], ranks[k] * shape[k], inner, {
      rank: caps[k + 1],
      discarded: limit,
      accurate: true,
    });
    const behind = shape[k + 1] * ranks[k + 2];
    const next = new Float64Array(split.rank * behind);
    gemm(split.rank, behind, inner, split.right, 0, inner, 1, cores[k + 1], 0, behind, 1, next, 0, behind, false);
    cores[k] = split.left;
    cores[k + 1] = next;
    ranks[k + 1] = split.rank;
    discarded.push(split.discarded);
  }
  return discarded;
}
