import { gemm, norm2 } from '@neuronseek/tensor/kernels';
import { sizeOf } from '../low-rank/multiply-mode.js';
import { expand } from './expand.js';
import type { Dense } from './mode-tree.js';
import type { TuckerNumbers } from './tucker-numbers.js';

/** Elements a block may hold, if one slice is no more: small enough for the second-level cache. */
const BLOCK = 1 << 14;

/**
 * ‖x - model‖, every element subtracted before anything is squared: right to about eps·(‖x‖ + ‖model‖). Some slices of the first mode that
 * has more than one at a time; the model never stands as a whole. Cost: about 2·R·size(x) flops, R the rank of the last mode.
 */
export function tuckerResidual({ elements, shape }: Dense, { ranks, core, factors }: TuckerNumbers): number {
  const { first, rows, rest } = slices(shape, factors, ranks, core);
  const cols = sizeOf(rest.shape);
  const step = Math.max(1, Math.floor(BLOCK / cols));
  const small = sizeOf(rest.ranks);
  const rank = first.length / rows;
  const norms = new Float64Array(Math.ceil(rows / step));
  for (let b = 0; b < norms.length; b++) {
    const from = b * step;
    const count = Math.min(step, rows - from);
    const projected = new Float64Array(count * small);
    gemm(count, small, rank, first, from * rank, rank, 1, rest.core, 0, small, 1, projected, 0, small, false);
    // The slices are one more mode in front, which stays as it is.
    const modes = rest.ranks.map((_, m) => m + 1);
    const model = expand(projected, [count, ...rest.ranks], [new Float64Array(0), ...rest.factors], modes);
    for (let q = 0; q < model.length; q++) model[q] = elements[from * cols + q] - model[q];
    norms[b] = norm2(model.length, model, 0, 1);
  }
  return norm2(norms.length, norms, 0, 1);
}

/** The mode that is cut into slices, and what the core and the modes behind it look like once those before it, of size 1, are multiplied in. */
function slices(
  shape: readonly number[],
  factors: readonly Float64Array[],
  ranks: readonly number[],
  core: Float64Array,
): {
  first: Float64Array;
  rows: number;
  rest: { shape: readonly number[]; ranks: readonly number[]; factors: readonly Float64Array[]; core: Float64Array };
} {
  const cut = Math.max(
    0,
    shape.findIndex((size) => size > 1),
  );
  const before = shape.slice(0, cut).map((_, mode) => mode);
  return {
    first: factors[cut],
    rows: shape[cut],
    rest: {
      shape: shape.slice(cut + 1),
      ranks: ranks.slice(cut + 1),
      factors: factors.slice(cut + 1),
      core: expand(core, ranks, factors, before),
    },
  };
}
