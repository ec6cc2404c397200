/** T terms of B rows and C outputs, row-major [T, B, C]. */
export interface GatedNormSizes {
  readonly terms: number;
  readonly batch: number;
  readonly outputs: number;
}

/**
 * Sum of gated, batch-normalised terms. With x̂ = (x − mean)·inverse, mean over the batch and inverse = 1/√(variance + 1e-5) for every
 * (t, c), the variance being that of the population:
 *
 *     y[b, c] = Σ_t gate[t]·(scale[t, c]·x̂[t, b, c] + shift[t, c])
 *
 * Writes y [B, C], mean [T, C] and inverse [T, C]. Sums run over ascending b, then t. About 10·T·B·C flops.
 */
export type GatedNormForward = (
  sizes: GatedNormSizes,
  x: Float64Array,
  scale: Float64Array,
  shift: Float64Array,
  gate: Float64Array,
  y: Float64Array,
  mean: Float64Array,
  inverse: Float64Array,
) => void;

/**
 * Gradients of Σ g·y, with s₀ = Σ_b g and s₁ = Σ_b g·x̂ for every (t, c):
 *
 *     gx = gate·scale·inverse·(g − s₀/B − x̂·s₁/B),   gScale = gate·s₁,   gShift = gate·s₀,   gGate = Σ_c scale·s₁ + shift·s₀
 *
 * About 12·T·B·C flops.
 */
export type GatedNormBackward = (
  sizes: GatedNormSizes,
  g: Float64Array,
  x: Float64Array,
  scale: Float64Array,
  shift: Float64Array,
  gate: Float64Array,
  mean: Float64Array,
  inverse: Float64Array,
  gx: Float64Array,
  gScale: Float64Array,
  gShift: Float64Array,
  gGate: Float64Array,
) => void;

/** Added to the variance, as in PyTorch's BatchNorm1d. */
export const normEpsilon = 1e-5;
