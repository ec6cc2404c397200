import { gemm } from '@neuronseek/tensor/kernels';
import { fold, type Key, normal } from '@neuronseek/tensor/random';
import type { CpNumbers } from '../cp-numbers.js';
import { unitColumns } from '../unit-columns.js';
import { solveNormal } from './solve-normal.js';

/**
 * What ALS works on. Columns have unit norm at all times: products of their Gram matrices then have a unit diagonal, so nothing grows or
 * shrinks from sweep to sweep, and a component's scale stands in `weights` alone.
 */
export interface AlsModel {
  readonly rank: number;
  /** Unit columns [Iₙ, R], overwritten by updates. */
  readonly units: Float64Array[];
  /** Uₙᵀ·Uₙ of each mode, kept up to date. */
  readonly grams: Float64Array[];
  /** Component norms, for data of norm 1. */
  readonly weights: Float64Array;
  /** Column norms of the factors Aₙ that the ridge is put on, in units of the data: their product is dataNorm · weights. */
  readonly norms: Float64Array[];
  readonly dataNorm: number;
  readonly ridge: number;
  /** Source of directions for components that vanish. */
  readonly key: Key;
  /** Directions drawn so far. */
  draws: number;
  /** The solution of each mode as it was found last, and room for solving: a sweep makes no arrays as long as a factor. */
  readonly solutions: readonly Float64Array[];
  readonly scratch: Float64Array;
}

/**
 * The model of given factors for data divided by `dataNorm`. The first free mode, which is solved for first, takes up the weights: the
 * ridge then weighs the factors of the others as they were given.
 */
export function startModel(
  { rank, weights, factors }: CpNumbers,
  free: readonly boolean[],
  ridge: number,
  dataNorm: number,
  key: Key,
): AlsModel {
  const columns = factors.map((factor) => unitColumns(factor, rank));
  const units = columns.map(({ unit }) => unit);
  const first = free.indexOf(true);
  const sizes = weights.map((w, r) => columns.reduce((size, { norms }) => size * norms[r], w) / dataNorm);
  return {
    rank,
    units,
    grams: units.map((unit) => gramOf(unit, rank)),
    weights: sizes.map((size) => Math.max(-LARGEST_SIZE, Math.min(size, LARGEST_SIZE))),
    norms: columns.map(({ norms }, n) => (n === first ? norms.map((norm, r) => norm * Math.abs(weights[r])) : norms)),
    dataNorm,
    ridge,
    key,
    draws: 0,
    solutions: units.map((unit) => new Float64Array(unit.length)),
    scratch: new Float64Array(Math.max(...units.map((unit) => unit.length))),
  };
}

/** Bound of a component of the start, in units of the data: where it is beyond, its error is that of one at it. */
export const LARGEST_SIZE = 1e150;

/** What the ridge may add to a unit diagonal; with more of it a component is zero to any accuracy, and is taken as zero. */
const LARGEST_RIDGE = 1e30;

/**
 * The matrix of mode n's normal equations A·G = M, A = Uₙ·diag(weights): the Hadamard product of the other modes' Gram matrices and, in
 * units of their columns, the ridge. Zero rows and columns where the ridge leaves nothing of a component.
 */
export function normalMatrix({ rank, grams, norms, ridge }: AlsModel, mode: number): Float64Array {
  const matrix = new Float64Array(rank * rank).fill(1);
  grams.forEach((gram, m) => {
    if (m !== mode) for (let q = 0; q < matrix.length; q++) matrix[q] *= gram[q];
  });
  if (ridge === 0) return matrix;
  const added = otherNorms(norms, mode).map((norm) => ridge / norm / norm);
  return matrix.map((value, q) => {
    const [r, s] = [Math.floor(q / rank), q % rank];
    if (!(added[r] < LARGEST_RIDGE && added[s] < LARGEST_RIDGE)) return 0;
    return r === s ? value + added[r] : value;
  });
}

/** ridge · Σₙ ‖Aₙ‖² / ‖x‖²: what the ridge adds to the squared relative error. */
export function penalty({ norms, dataNorm, ridge }: AlsModel): number {
  if (ridge === 0) return 0;
  let sum = 0;
  for (const norm of norms) for (const c of norm) sum += (c / dataNorm) * (c / dataNorm);
  return ridge * sum;
}

/** Solves for mode n given M, its MTTKRP with the unit columns of the others; returns A = Uₙ·diag(weights). */
export function updateMode(model: AlsModel, mode: number, m: Float64Array): Float64Array {
  const { rank, units, grams, weights, norms, scratch } = model;
  const unit = units[mode];
  const solution = solveNormal(rank, normalMatrix(model, mode), m, model.solutions[mode], scratch);
  const { norms: sizes } = unitColumns(solution, rank, unit);
  weights.set(sizes);
  // The direction of a component that vanished is free: another one may let the next modes put weight on it again, while the same
  // one can hold the fit at a saddle (singular vectors of a symmetric tensor as start).
  if (sizes.includes(0)) {
    const { unit: fresh } = unitColumns(nextDraws(model, unit.length), rank);
    for (let q = 0; q < unit.length; q++) if (!(sizes[q % rank] > 0)) unit[q] = fresh[q];
  }
  gramOf(unit, rank, grams[mode]);
  otherNorms(norms, mode).forEach((norm, r) => {
    norms[mode][r] = norm > 0 ? (sizes[r] * model.dataNorm) / norm : 0;
  });
  return solution;
}

/** Normal draws that no other update has seen. */
function nextDraws(model: AlsModel, count: number): Float64Array {
  model.draws++;
  return normal(fold(model.key, model.draws), count);
}

function gramOf(unit: Float64Array, rank: number, gram: Float64Array = new Float64Array(rank * rank)): Float64Array {
  gemm(rank, rank, unit.length / rank, unit, 0, 1, rank, unit, 0, rank, 1, gram, 0, rank, false);
  return gram;
}

/** Π_{m≠mode} norms[m] of each component. */
export function otherNorms(norms: readonly Float64Array[], mode: number): Float64Array {
  const product = new Float64Array(norms[mode].length).fill(1);
  norms.forEach((norm, m) => {
    if (m !== mode) for (let r = 0; r < product.length; r++) product[r] *= norm[r];
  });
  return product;
}
