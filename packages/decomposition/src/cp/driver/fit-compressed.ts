import { gemm, type MttkrpSweep } from '@neuronseek/tensor/kernels';
import { hypot } from '@neuronseek/tensor/math';
import type { NormalizedData } from '../../normalized-data.js';
import { sumOfSquares } from '../../tucker/relative-error.js';
import type { CpNumbers } from '../cp-numbers.js';
import { componentRidge } from '../gauss-newton/component-ridge.js';
import { type FittedModel, unitComponents } from '../gauss-newton/fit-model.js';
import { gradientNormAt } from '../gauss-newton/objective.js';
import type { CompressedData } from './compress-data.js';
import type { ResolvedCpOptions } from './options.js';
import { refine } from './refine.js';
import type { RunHooks } from './run-start.js';
import { type BestRun, runStarts } from './run-starts.js';

/** Runs from all starts on the core of a truncated HOSVD, and the best one refined on the full tensor. */
export function fitCompressed(
  data: NormalizedData,
  products: MttkrpSweep,
  rank: number,
  small: CompressedData,
  init: CpNumbers | undefined,
  options: ResolvedCpOptions,
  hooks: RunHooks,
): BestRun {
  const { left } = small;
  const core: NormalizedData = { ...data, shape: small.ranks, elements: small.core, squares: sumOfSquares(small.core) };
  const total = Math.sqrt(data.squares) || 1;
  const share = Math.sqrt(core.squares) / total || 1;
  /** Relative error on x of a fit of the core: what was left out is orthogonal to it. */
  const onData = (error: number): number => hypot(left, share * error);
  const free = small.ranks.map(() => true);
  const onCore = { isAborted: hooks.isAborted, visit: (error: number) => hooks.visit(onData(error)) };
  const outside = (left * total) ** 2;
  const best = runStarts(core, rank, init && projected(init, small), free, options, onCore, outside);
  const starts = best.starts.map((start) => ({ ...start, relativeError: onData(start.relativeError) }));
  return { ...best, starts, fitted: refined(data, products, small, best.fitted, options, hooks, onData) };
}

function refined(
  data: NormalizedData,
  products: MttkrpSweep,
  small: CompressedData,
  fitted: FittedModel,
  { tolerance, ridge }: ResolvedCpOptions,
  hooks: RunHooks,
  onData: (error: number) => number,
): FittedModel {
  const { rank } = fitted;
  const factors = expanded(fitted, small);
  const free = factors.map(() => true);
  const zero: CpNumbers = { shape: [...data.shape], rank, weights: fitted.weights, factors };
  const { point, status, trace, largest } = refine(
    data,
    products,
    factors,
    rank,
    componentRidge(zero, free, ridge, data.norm),
    tolerance,
    hooks,
  );
  return {
    rank,
    ...unitComponents(point.factors, rank),
    relativeError: point.error,
    objective: point.value,
    gradientNorm: gradientNormAt(point),
    status: status === 'aborted' || fitted.status === 'converged' ? status : fitted.status,
    trace: [...fitted.trace.map(onData), ...trace],
    largest: [...fitted.largest, ...largest],
  };
}

/** Factors of x, the weights in the first one. */
export function expanded(
  { units, weights, rank }: FittedModel,
  { shape, ranks, factors }: CompressedData,
): Float64Array[] {
  return units.map((unit, mode) => {
    const scaled = mode === 0 ? unit.map((value, q) => value * weights[q % rank]) : unit;
    const out = new Float64Array(shape[mode] * rank);
    const inner = ranks[mode];
    gemm(shape[mode], rank, inner, factors[mode], 0, inner, 1, scaled, 0, rank, 1, out, 0, rank, false);
    return out;
  });
}

/** A start seen from the core. */
function projected(init: CpNumbers, { shape, ranks, factors }: CompressedData): CpNumbers {
  const seen = init.factors.map((factor, mode) => {
    const inner = ranks[mode];
    const out = new Float64Array(inner * init.rank);
    gemm(inner, init.rank, shape[mode], factors[mode], 0, 1, inner, factor, 0, init.rank, 1, out, 0, init.rank, false);
    return out;
  });
  return { ...init, shape: ranks, factors: seen };
}
