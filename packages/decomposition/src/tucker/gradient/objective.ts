import { modeCross, sizeOf } from '../../low-rank/multiply-mode.js';
import type { Scratch } from '../../low-rank/scratch.js';
import type { Objective } from '../../optimize/minimize.js';
import { expand } from '../expand.js';
import { type Dense, eachProjection, project } from '../mode-tree.js';

/** Core and factors one after another in one array, as views of it. */
export interface Variables {
  readonly core: Float64Array;
  readonly factors: readonly Float64Array[];
}

/** Number of variables of a Tucker tensor. */
export function variableCount(shape: readonly number[], ranks: readonly number[]): number {
  return sizeOf(ranks) + shape.reduce((sum, size, mode) => sum + size * ranks[mode], 0);
}

/** The views of an array of variables: the core first, then the factors in order. */
export function variablesIn(x: Float64Array, shape: readonly number[], ranks: readonly number[]): Variables {
  let next = sizeOf(ranks);
  const core = x.subarray(0, next);
  const factors = shape.map((size, mode) => {
    const first = next;
    next += size * ranks[mode];
    return x.subarray(first, next);
  });
  return { core, factors };
}

/**
 * f = ½·Σ w·(x - model)² as a function of core and factors together, w = 1 where no weights are given.
 *
 * With E = w·(model - x): ∂f/∂core = E ×₀ A₀ᵀ … ×_{N-1} A_{N-1}ᵀ, ∂f/∂Aₙ = W₍ₙ₎·core₍ₙ₎ᵀ, W = E projected in all modes but n, shared between modes as in a
 * HOOI sweep. E is formed element by element, so that values and gradients are right near an exact fit, where ‖x‖² - 2⟨x, model⟩ + ‖model‖²
 * cancels. Cost: 2·R·size(x) flops for the model, 4·R·size(x) for the gradient; working memory of the size of x.
 */
export function residualObjective(
  { elements, shape }: Dense,
  ranks: readonly number[],
  weights: Float64Array | undefined,
  scratch: Scratch,
): Objective {
  const all = shape.map((_, mode) => mode);
  const everyMode = shape.map(() => true);
  return (x, gradient) =>
    scratch.within(() => {
      const { core, factors } = variablesIn(x, shape, ranks);
      const out = variablesIn(gradient, shape, ranks);
      const residual = expand(core, ranks, factors, all, scratch.take);
      const value = subtract(residual, elements, weights);
      eachProjection({ elements: residual, shape }, factors, everyMode, scratch, (mode, w) => {
        modeCross(w.elements, w.shape, mode, core, ranks[mode], out.factors[mode]);
        if (mode === all.length - 1) out.core.set(project(w, [mode], factors, scratch).elements);
      });
      return value;
    });
}

/** model becomes w·(model - x), in place; returns ½·Σ w·(model - x)², summed by blocks. */
function subtract(model: Float64Array, x: Float64Array, weights: Float64Array | undefined): number {
  let sum = 0;
  for (let first = 0; first < x.length; first += BLOCK) {
    const end = Math.min(first + BLOCK, x.length);
    let part = 0;
    for (let q = first; q < end; q++) {
      const difference = model[q] - x[q];
      const weighted = weights === undefined ? difference : weights[q] * difference;
      model[q] = weighted;
      part += weighted * difference;
    }
    sum += part;
  }
  return sum / 2;
}

/** Squares that are added before they join the sum: the rounding of a plain sum of 10⁶ would hide small decreases. */
const BLOCK = 1024;
