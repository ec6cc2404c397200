/** T terms of B rows and C outputs, row-major [T, B, C]. */
export interface NormalizedSumSizes {
  readonly terms: number;
  readonly batch: number;
  readonly outputs: number;
}

/** Added to the variance, which keeps the root for a constant term away from 0. */
export const normalizationEpsilon = 1e-5;

/**
 * Sum of batch-normalised terms plus a bias. For every (t, c), mean and variance are those of the B rows (divisor B) and
 * x̂ = (x − mean)/√(variance + 1e-5):
 *
 *     y[b, c] = bias[c] + Σ_t scale[t, c]·x̂[t, b, c]
 *
 * Writes y [B, C], mean and variance [T, C]; scale is [T, C]. Arrays are gap-free and do not overlap; B ≥ 1. Sums run over ascending b, then
 * ascending t. About 8·T·B·C flops.
 */
export type NormalizedSumForward = (
  sizes: NormalizedSumSizes,
  x: Float64Array,
  scale: Float64Array,
  bias: Float64Array,
  y: Float64Array,
  mean: Float64Array,
  variance: Float64Array,
) => void;

/**
 * Gradients of Σ g·y with respect to x, scale and bias, with s₀ = Σ_b g for every c and s₁ = Σ_b g·x̂ for every (t, c):
 *
 *     gx = scale/√(variance + 1e-5)·(g − s₀/B − x̂·s₁/B),   gScale = s₁,   gBias = s₀
 *
 * mean and variance are those that the forward pass wrote. About 9·T·B·C flops.
 */
export type NormalizedSumBackward = (
  sizes: NormalizedSumSizes,
  g: Float64Array,
  x: Float64Array,
  scale: Float64Array,
  mean: Float64Array,
  variance: Float64Array,
  gx: Float64Array,
  gScale: Float64Array,
  gBias: Float64Array,
) => void;
