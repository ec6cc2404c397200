import { completeOptions } from '../fit/complete-options.js';
import { expanding, multiplyMode, withSize } from '../low-rank/multiply-mode.js';
import { qrFactors } from '../low-rank/qr-factors.js';
import { allOrthogonal, withSigns } from './all-orthogonal.js';
import { scaled } from './triangles.js';
import { fromNumbers, type TuckerNumbers, tuckerNumbers } from './tucker-numbers.js';
import type { TuckerTensor } from './tucker-tensor.js';

/** Options of `normalizeTucker`. */
export interface NormalizeTuckerOptions {
  /** Rotate the core, so that its slices in every mode are orthogonal and their norms descend, as those of `hosvd`. Default: false. */
  readonly allOrthogonal?: boolean;
}

/** Defaults of `normalizeTucker`. */
export const normalizeTuckerDefaults: Required<NormalizeTuckerOptions> = { allOrthogonal: false };

/**
 * The same tensor with orthonormal columns in every factor, the core taking up the rest: Aₙ = Qₙ·Rₙ, core ×ₙ Rₙ.
 *
 * Factors are [Iₙ, min(Iₙ, Rₙ)] afterwards; the entry of largest magnitude of a column (the first such) is positive. Fresh float64 tensors, not differentiable.
 * Cost: 4·Σ Iₙ·Rₙ² flops and mode products of the core.
 *
 * @throws RangeError where shapes do not agree or a number is not finite
 */
export function normalizeTucker(tucker: TuckerTensor, options: NormalizeTuckerOptions = {}): TuckerTensor {
  const resolved = completeOptions('normalizeTucker', normalizeTuckerDefaults, options);
  const { scale, ...unit } = scaled(tuckerNumbers('normalizeTucker', tucker));
  const orthonormal = orthonormalFactors(unit);
  const model = withSigns(resolved.allOrthogonal ? allOrthogonal(orthonormal) : orthonormal);
  return fromNumbers({ ...model, core: model.core.map((v) => v * scale) });
}

/** The same tensor with orthonormal factors by QR. */
export function orthonormalFactors({
  shape,
  ranks: given,
  core: whole,
  factors: matrices,
}: TuckerNumbers): TuckerNumbers {
  let [core, ranks] = [whole, [...given]];
  const factors = matrices.map((matrix, mode) => {
    const [rows, columns] = [shape[mode], given[mode]];
    const kept = Math.min(rows, columns);
    const { q, r: triangle } = qrFactors(matrix.slice(), rows, columns);
    const next = withSize(ranks, mode, kept);
    const product = new Float64Array((core.length / columns) * kept);
    multiplyMode(core, ranks, mode, expanding(triangle, columns), product);
    [core, ranks] = [product, next];
    return q;
  });
  return { shape, ranks, core, factors };
}
