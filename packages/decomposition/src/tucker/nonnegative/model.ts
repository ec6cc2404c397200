import { gemm } from '@neuronseek/tensor/kernels';
import { hals } from '../../cp/nonnegative/hals.js';
import { around, modeCross } from '../../low-rank/multiply-mode.js';
import type { Scratch } from '../../low-rank/scratch.js';
import { expand } from '../expand.js';
import { type Dense, eachProjection, project } from '../mode-tree.js';
import { improveCore } from './improve-core.js';

/** A nonnegative Tucker tensor under construction, for data of norm 1; factors have unit columns, or columns of zeros. */
export interface NonnegativeModel {
  readonly ranks: readonly number[];
  readonly core: Float64Array;
  readonly factors: readonly Float64Array[];
  /** Aₙᵀ·Aₙ, kept up to date. */
  readonly grams: readonly Float64Array[];
}

/** The model of given core and factors, which it takes over. */
export function startModel(
  ranks: readonly number[],
  core: Float64Array,
  factors: readonly Float64Array[],
): NonnegativeModel {
  const grams = ranks.map((rank) => new Float64Array(rank * rank));
  const model = { ranks, core, factors, grams };
  factors.forEach((_, mode) => {
    unitColumns(model, mode);
  });
  return model;
}

/**
 * Every factor by hierarchical alternating least squares, then the core by projected gradients; the objective never rises. Returns x ×ₙ Aₙᵀ, what the
 * error is computed from. Cost: two passes over x, 4·R·size(x) flops.
 */
export function sweep(x: Dense, model: NonnegativeModel, innerIterations: number, scratch: Scratch): Float64Array {
  const { ranks, core, factors } = model;
  const last = ranks.length - 1;
  let projection = new Float64Array(0);
  eachProjection(
    x,
    factors,
    ranks.map(() => true),
    scratch,
    (mode, w) => {
      improveFactor(model, mode, w, innerIterations);
      if (mode === last) projection = project(w, [mode], factors, scratch).elements.slice();
    },
  );
  improveCore(ranks, model.grams, projection, core, innerIterations);
  return projection;
}

/** ‖x‖² - 2⟨x, model⟩ + ‖model‖² and the sum of the magnitudes of its terms. */
export function squaredError(
  { ranks, core, grams }: NonnegativeModel,
  projection: Float64Array,
  squares: number,
): { readonly squares: number; readonly magnitude: number } {
  const image = expand(core, ranks, grams);
  let [inner, norm] = [0, 0];
  for (let q = 0; q < core.length; q++) {
    inner += projection[q] * core[q];
    norm += image[q] * core[q];
  }
  return { squares: squares - 2 * inner + norm, magnitude: squares + 2 * Math.abs(inner) + norm };
}

/** With K = core₍ₙ₎ projected as x is: Aₙ from W₍ₙ₎·core₍ₙ₎ᵀ = X₍ₙ₎·Kᵀ and K·Kᵀ, which is made of the core and the Gram matrices of the other factors. */
function improveFactor(model: NonnegativeModel, mode: number, w: Dense, innerIterations: number): void {
  const { ranks, core, factors, grams } = model;
  const rank = ranks[mode];
  const products = new Float64Array(factors[mode].length);
  modeCross(w.elements, w.shape, mode, core, rank, products);
  const others = ranks.flatMap((_, m) => (m === mode ? [] : [m]));
  const gram = new Float64Array(rank * rank);
  modeCross(expand(core, ranks, grams, others), ranks, mode, core, rank, gram);
  hals(rank, gram, products, factors[mode], innerIterations);
  unitColumns(model, mode);
}

/** Columns of unit norm, their norms moved into the core, and the Gram matrix. */
function unitColumns({ ranks, core, factors, grams }: NonnegativeModel, mode: number): void {
  const factor = factors[mode];
  const rank = ranks[mode];
  const norms = new Float64Array(rank);
  for (let q = 0; q < factor.length; q++) norms[q % rank] = Math.hypot(norms[q % rank], factor[q]);
  for (let q = 0; q < factor.length; q++) if (norms[q % rank] > 0) factor[q] /= norms[q % rank];
  const { right } = around(ranks, mode);
  for (let q = 0; q < core.length; q++) core[q] *= norms[Math.floor(q / right) % rank];
  gemm(rank, rank, factor.length / rank, factor, 0, 1, rank, factor, 0, rank, 1, grams[mode], 0, rank, false);
}
