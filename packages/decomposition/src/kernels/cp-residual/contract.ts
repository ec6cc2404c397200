import type { FloatArray } from '@neuronseek/tensor/kernels';

/**
 * Norm of what a CP model leaves of a tensor, every element subtracted before anything is squared:
 *
 *     ‖x - Σ_r weights[r] · a₀[:, r] ∘ … ∘ a_{N-1}[:, r]‖
 *
 * x is gap-free and row-major. The formula ‖x‖² - 2⟨x, model⟩ + ‖model‖² is cheaper but loses half the digits; this one is as good
 * as the elements of the model: its error is about eps·(‖x‖ + Σ_r |weights[r]|·Π‖aₙ[:, r]‖).
 *
 * Order of summation: elements of the model as `gemm` sums over r; squares in row-major order within blocks of rows, then over blocks.
 * Memory: one block, never the model. Cost: 2·R·size(x) flops.
 */
export type CpResidual = (
  x: FloatArray,
  shape: readonly number[],
  weights: Float64Array,
  factors: readonly Float64Array[],
) => number;
