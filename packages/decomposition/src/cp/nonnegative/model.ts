import { tensor } from '@neuronseek/tensor';
import { gemm } from '@neuronseek/tensor/kernels';
import { float64Elements } from '../../float64-elements.js';
import { LARGEST_SIZE } from '../als/model.js';
import { solveNormal } from '../als/solve-normal.js';
import { byWeight, fixSigns, takeColumns } from '../arrange.js';
import type { CpNumbers } from '../cp-numbers.js';
import type { CpTensor } from '../cp-tensor.js';
import { unitColumns } from '../unit-columns.js';
import { hals } from './hals.js';
import { multiplicative } from './multiplicative.js';
import type { ResolvedCpNonnegativeOptions } from './options.js';

/** Unit columns and component norms, as in `cpAls`: every Hadamard product of Gram matrices has a unit diagonal. */
export interface NonnegativeModel {
  readonly rank: number;
  readonly units: Float64Array[];
  readonly grams: Float64Array[];
  readonly weights: Float64Array;
}

/** The model of given factors, for data divided by `dataNorm`. */
export function startModel({ rank, weights, factors }: CpNumbers, dataNorm: number): NonnegativeModel {
  const columns = factors.map((factor) => unitColumns(factor, rank));
  const units = columns.map(({ unit }) => unit);
  return {
    rank,
    units,
    grams: units.map((unit) => gramOf(unit, rank)),
    weights: weights.map((w, r) =>
      Math.min(
        LARGEST_SIZE,
        columns.reduce((size, { norms }) => size * norms[r], w / dataNorm),
      ),
    ),
  };
}

/** Improves mode n given M, its MTTKRP with the unit columns of the others; returns A = Uₙ·diag(weights). */
export function updateMode(
  { rank, units, grams, weights }: NonnegativeModel,
  mode: number,
  m: Float64Array,
  { method, nonnegative, innerIterations }: ResolvedCpNonnegativeOptions,
): Float64Array {
  const unit = units[mode];
  const gram = new Float64Array(rank * rank).fill(1);
  grams.forEach((other, n) => {
    if (n !== mode) for (let q = 0; q < gram.length; q++) gram[q] *= other[q];
  });
  let solution: Float64Array = unit.map((value, q) => value * weights[q % rank]);
  if (!nonnegative[mode]) solution = solveNormal(rank, gram, m, solution);
  else if (method === 'hals') hals(rank, gram, m, solution, innerIterations);
  else multiplicative(rank, gram, m, solution, innerIterations);
  const { unit: next, norms } = unitColumns(solution, rank);
  weights.set(norms);
  // The direction of a component that vanished stays, so that the other modes can bring it back.
  for (let q = 0; q < unit.length; q++) if (norms[q % rank] > 0) unit[q] = next[q];
  gramOf(unit, rank, grams[mode]);
  return solution;
}

/** The model in the units of the data, components by weight; where modes are fixed, their very factors, and components in their order. */
export function finishedModel(
  model: NonnegativeModel,
  start: CpTensor,
  { nonnegative, free }: ResolvedCpNonnegativeOptions,
  dataNorm: number,
): CpTensor {
  const { rank } = model;
  const units = model.units.map((unit) => unit.slice());
  const weights = model.weights.map((size) => size * dataNorm);
  // A nonnegative column must not be turned round; where all are nonnegative there is nothing to fix.
  const signed = units.flatMap((_, mode) => (free[mode] && !nonnegative[mode] ? [mode] : []));
  if (signed.length > 0) fixSigns(units, rank, signed, weights);
  const order = free.includes(false) ? Array.from(weights.keys()) : byWeight(weights);
  const factors = units.map((unit, mode) => {
    if (free[mode]) return tensor(takeColumns(unit, rank, order), [unit.length / rank, rank]);
    const { norms } = unitColumns(float64Elements(start.factors[mode]), rank);
    norms.forEach((norm, r) => {
      weights[r] = norm > 0 ? weights[r] / norm : 0;
    });
    return start.factors[mode];
  });
  return { weights: tensor(takeColumns(weights, rank, order)), factors };
}

function gramOf(unit: Float64Array, rank: number, gram: Float64Array = new Float64Array(rank * rank)): Float64Array {
  gemm(rank, rank, unit.length / rank, unit, 0, 1, rank, unit, 0, rank, 1, gram, 0, rank, false);
  return gram;
}
