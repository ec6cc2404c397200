import { showShape, type Tensor, tensor } from '@neuronseek/tensor';
import { mttkrp } from '@neuronseek/tensor/kernels';
import { pow } from '@neuronseek/tensor/math';
import { split } from '@neuronseek/tensor/random';
import { checkRank } from '../checks/check-rank.js';
import type { FitReport, FitStatus } from '../fit/fit.js';
import { type NormalizedData, normalizedData } from '../normalized-data.js';
import { type CpAlsDegeneracy, divergence, isDiverging } from './als/divergence.js';
import { solveNormal } from './als/solve-normal.js';
import { crossGram } from './components.js';
import { cpNumbers } from './cp-numbers.js';
import type { CpTensor } from './cp-tensor.js';
import { randomFactors, svdFactors } from './starting-factors.js';
import { fitStart, type SymmetricFit } from './symmetric/fit-start.js';
import type { SymmetricModel } from './symmetric/normal-equations.js';
import { type CpSymmetricOptions, type ResolvedCpSymmetricOptions, resolveOptions } from './symmetric/options.js';
import { checkSymmetric } from './symmetric/symmetrize.js';
import { unitColumns } from './unit-columns.js';

/** What `cpSymmetric` returns: a CP tensor whose factors are one and the same, and how it came about. */
export interface CpSymmetricResult extends CpTensor, FitReport {
  /** The relative error that each start came to. */
  readonly errors: readonly number[];
  /** The evidence behind status 'degenerate'. */
  readonly degeneracy: CpAlsDegeneracy;
}

/**
 * Symmetric CP decomposition: x ≈ Σ_r weights[r] · a_r ∘ a_r ∘ … ∘ a_r for a symmetric x.
 *
 * x [n, …, n], equal under every permutation of its modes → one factor [n, R] of unit columns, which every mode of the result refers to,
 * and weights by decreasing magnitude: ≥ 0 for odd order; for even order of either sign, the largest entry of a column being positive.
 * Levenberg–Marquardt from several starts: the singular vectors of the unfolding, which solve orthogonally decomposable tensors, and random ones.
 *
 * Status of the best start: 'converged', 'max-iterations', 'aborted', or 'degenerate' as in `cpAls`.
 * Cost an iteration: 4·R·nᴺ flops and (R·(n + 1))³/3 for the step, which limits it to a few hundred unknowns; memory (R·(n + 1))² numbers.
 * (Comon, Golub, Lim & Mourrain 2008; Kolda 2015)
 *
 * @throws RangeError where x is not symmetric up to 1e-10 of its largest element (see `symmetrize`), the rank or an option is out of
 * range, or a number is not finite; TypeError where x is not a tensor
 */
export function cpSymmetric(x: Tensor, rank: number, options: CpSymmetricOptions = {}): CpSymmetricResult {
  checkRank('cpSymmetric', rank);
  const data = normalizedData('cpSymmetric', x);
  checkSymmetric('cpSymmetric', x);
  const resolved = resolveOptions(options);
  const fits: SymmetricFit[] = [];
  for (const start of startingPoints(data, rank, resolved)) {
    fits.push(fitStart(data, start(), resolved));
    if (resolved.signal?.aborted || resolved.maxIterations === 0) break;
  }
  const best = fits.reduce((a, b) => (b.relativeError < a.relativeError ? b : a));
  const cp = finished(best.model, data.norm);
  const evidence = divergence(cp, best.largest);
  return {
    ...cp,
    relativeError: best.relativeError,
    iterations: best.trace.length,
    status: statusOf(best.status, evidence),
    trace: best.trace,
    errors: fits.map(({ relativeError }) => relativeError),
    degeneracy: evidence,
  };
}

function statusOf(status: FitStatus, evidence: CpAlsDegeneracy): FitStatus {
  return status !== 'aborted' && isDiverging(evidence) ? 'degenerate' : status;
}

/** What makes each start, the costly part left for when it is its turn. */
function startingPoints(
  data: NormalizedData,
  rank: number,
  { init, starts, key }: ResolvedCpSymmetricOptions,
): (() => SymmetricModel)[] {
  const { elements, shape, norm } = data;
  const [order, size] = [shape.length, shape[0]];
  if (init !== 'random') {
    const numbers = cpNumbers('cpSymmetric', init, { argument: 'init', shape, rank });
    numbers.factors.forEach((factor, mode) => {
      if (factor.every((value, q) => value === numbers.factors[0][q])) return;
      throw new RangeError(
        `cpSymmetric: init factor ${mode} differs from factor 0, both are ${showShape([size, rank])}`,
      );
    });
    const { unit, norms } = unitColumns(numbers.factors[0], rank);
    const weights = numbers.weights.map((w, r) => (w / norm) * pow(norms[r], order));
    return [() => ({ order, size, rank, columns: unit, weights })];
  }
  return split(key, starts).map((child, i) => () => {
    const factors = i === 0 ? svdFactors(elements, shape, rank, child) : randomFactors([size], rank, child);
    return bestWeights(data, unitColumns(factors[0], rank).unit, rank);
  });
}

/** The model of given columns with the weights that fit best. */
function bestWeights({ elements, shape }: NormalizedData, columns: Float64Array, rank: number): SymmetricModel {
  const factors = new Array<Float64Array>(shape.length).fill(columns);
  const m = new Float64Array(columns.length);
  mttkrp(elements, shape, factors, rank, 0, m);
  const inner = new Float64Array(rank);
  for (let q = 0; q < m.length; q++) inner[q % rank] += m[q] * columns[q];
  const weights = solveNormal(rank, crossGram(factors, factors, rank, rank), inner);
  return { order: shape.length, size: shape[0], rank, columns, weights };
}

/** In the units of the data, signs fixed and components by decreasing magnitude. */
function finished({ order, size, rank, columns, weights }: SymmetricModel, dataNorm: number): CpTensor {
  const byMagnitude = Array.from(weights.keys()).sort((r, s) => Math.abs(weights[s]) - Math.abs(weights[r]));
  const turn = byMagnitude.map((r) => {
    if (order % 2 === 1) return weights[r] < 0 ? -1 : 1;
    let largest = 0;
    for (let q = r; q < columns.length; q += rank) if (Math.abs(columns[q]) > Math.abs(largest)) largest = columns[q];
    return largest < 0 ? -1 : 1;
  });
  const factor = tensor(
    columns.map((_, q) => columns[q - (q % rank) + byMagnitude[q % rank]] * turn[q % rank]),
    [size, rank],
  );
  const values = byMagnitude.map((r, s) => weights[r] * dataNorm * (order % 2 === 1 ? turn[s] : 1));
  return { weights: tensor(Float64Array.from(values)), factors: new Array<Tensor>(order).fill(factor) };
}
