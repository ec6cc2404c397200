import type { Tensor } from '@neuronseek/tensor';
import { balancedCut, norm2, type Workspace, workspace, workspaceBytes } from '@neuronseek/tensor/kernels';
import { productResidual } from '../low-rank/product-residual.js';
import { splitMatrix } from '../low-rank/split.js';
import { type NormalizedData, normalizedData } from '../normalized-data.js';
import { productOf } from '../product-of.js';
import { leadingProduct, trailingProduct } from './partial-products.js';
import { type ResolvedTruncation, resolveTruncation, type TtTruncation } from './truncation.js';
import { type TtNumbers, ttOfNumbers } from './tt-numbers.js';
import type { TtTensor } from './tt-tensor.js';

/** A tensor train that approximates something, and how well. */
export interface TtResult extends TtTensor {
  /** r₀ = 1, r₁, …, r_N = 1. */
  readonly ranks: readonly number[];
  /** ‖x - train‖ / ‖x‖, never below what rounding allows to know; 0 where x is zero. */
  readonly relativeError: number;
  /** Norm of what was left out at each of the N - 1 inner ranks, in units of ‖x‖. */
  readonly discarded: readonly number[];
}

/** Squares of singular values from a Gram matrix give errors above this to six digits; below it, elements are subtracted. */
const DIRECT_BELOW = 1e-4;

/** Elements from which the data are put where kernels read them in place. */
const SMALL = 2 ** 15;

/**
 * TT-SVD: a tensor as a tensor train, by truncated singular value decompositions from the first mode to the last.
 *
 * x [n₀, …, n_{N-1}], order ≥ 1 → cores [r_k, n_k, r_{k+1}], float64, all but the last left-orthogonal. `{ eps }`: ‖x - train‖ ≤
 * eps · ‖x‖; `{ ranks }`: inner ranks min(ranks[k], Π n before, Π n after), the error at most √(N - 1) times the best possible one. The
 * scale of the data does not matter; a zero tensor has ranks 1 and error 0.
 *
 * Only the short side of each unfolding is factored, by a Gram matrix where the truncation stands above its rounding, else by QR and SVD.
 * Cost: for equal sizes n and ranks r about 2·(n + r)·size(x) flops for the first unfolding, and r/n times 2·r·n·size(x) for the second.
 * Memory: one copy of x. (Oseledets 2011, algorithm 1)
 *
 * @throws RangeError where x has no or an empty mode, a number is not finite, eps or ranks is out of range or both are missing; TypeError
 * where x is not a tensor
 */
export function tensorTrain(x: Tensor, options: TtTruncation): TtResult {
  return tensorTrainFor('tensorTrain', x, options);
}

/** The same on behalf of another function, which errors name. */
export function tensorTrainFor(name: string, x: Tensor, options: TtTruncation): TtResult {
  const memory = remainders();
  try {
    const data = normalizedData(name, x, memory.take);
    const truncation = resolveTruncation(name, options, data.shape.length);
    const { numbers, discarded } = decompose(data, truncation, memory.take);
    const last = numbers.cores[data.shape.length - 1];
    const relativeError = errorOf(data, numbers, discarded);
    for (let q = 0; q < last.length; q++) last[q] *= data.norm;
    return { ...ttOfNumbers(numbers), ranks: numbers.ranks, relativeError, discarded };
  } finally {
    memory.release();
  }
}

/** Memory for arrays that kernels read in place. All but the first, the data, are wanted only until the array after the next is taken. */
function remainders(): { readonly take: (length: number) => Float64Array; readonly release: () => void } {
  const held: (Workspace | undefined)[] = [];
  return {
    take: (length) => {
      if (held.length > 2) held.splice(1, 1)[0]?.release();
      const made = length < SMALL ? undefined : workspace(workspaceBytes(8 * length));
      held.push(made);
      return made ? made.float64(length) : new Float64Array(length);
    },
    release: () => {
      for (const made of held) made?.release();
    },
  };
}

interface Decomposition {
  readonly numbers: TtNumbers;
  readonly discarded: number[];
}

/** The train of normalised data. */
function decompose(
  { elements, shape, squares }: NormalizedData,
  { eps, caps }: ResolvedTruncation,
  allocate: (length: number) => Float64Array,
): Decomposition {
  const order = shape.length;
  if (squares === 0) return zeroTrain(shape);
  const limit = eps === undefined ? undefined : (eps * Math.sqrt(squares)) / Math.sqrt(Math.max(1, order - 1));
  const ranks = [1];
  const cores: Float64Array[] = [];
  const discarded: number[] = [];
  let rest = elements;
  let length = elements.length;
  for (let k = 0; k < order - 1; k++) {
    const rows = ranks[k] * shape[k];
    const split = splitMatrix(rest, rows, length / rows, { rank: caps[k + 1], discarded: limit, allocate });
    cores.push(split.left);
    ranks.push(split.rank);
    discarded.push(split.discarded);
    rest = split.right;
    length = (length / rows) * split.rank;
  }
  cores.push(rest.slice(0, length));
  return { numbers: { shape, ranks: [...ranks, 1], cores }, discarded };
}

/** Zeros with ranks 1. */
export function zeroTrain(shape: readonly number[]): Decomposition {
  return {
    numbers: { shape, ranks: [1, ...shape.map(() => 1)], cores: shape.map((n) => new Float64Array(n)) },
    discarded: shape.slice(1).map(() => 0),
  };
}

/**
 * What successive projections leave out is orthogonal: the square of the error is the sum of the squares at every rank. Where those are
 * no larger than rounding may make them, the elements are subtracted.
 */
function errorOf(
  { elements, shape, squares }: NormalizedData,
  numbers: TtNumbers,
  discarded: readonly number[],
): number {
  if (squares === 0) return 0;
  const norm = Math.sqrt(squares);
  const known = norm2(discarded.length, Float64Array.from(discarded), 0, 1) / norm;
  if (known > DIRECT_BELOW || shape.length === 1) return known;
  const cut = balancedCut(shape);
  const [rows, columns] = [productOf(shape.slice(0, cut)), productOf(shape.slice(cut))];
  const left = leadingProduct(numbers, cut);
  const right = trailingProduct(numbers, cut);
  return productResidual(elements, rows, columns, left, right, numbers.ranks[cut]) / norm;
}
