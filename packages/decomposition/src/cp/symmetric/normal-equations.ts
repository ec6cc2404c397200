import { gemm } from '@neuronseek/tensor/kernels';
import { pow } from '@neuronseek/tensor/math';

/** Σ_r λ_r a_r^∘N: unit columns a_r [n, R] and weights of any sign. */
export interface SymmetricModel {
  readonly order: number;
  readonly size: number;
  readonly rank: number;
  readonly columns: Float64Array;
  readonly weights: Float64Array;
}

/** JᵀJ [p, p] and the gradient [p] of half the squared residual, p = R·(n + 1): the columns of A one after another, then λ. */
export interface NormalEquations {
  readonly matrix: Float64Array;
  readonly gradient: Float64Array;
}

/**
 * The normal equations of a symmetric CP model without forming J, from M = X·(a_r, …, a_r) over all modes but the first [n, R] and
 * the cosines c = ⟨a_r, a_s⟩ alone:
 *
 *     ⟨∂/∂λ_r, ∂/∂λ_s⟩ = cᴺ,   ⟨∂/∂λ_r, ∂/∂a_s[j]⟩ = λ_s N cᴺ⁻¹ a_r[j],
 *     ⟨∂/∂a_r[i], ∂/∂a_s[j]⟩ = λ_r λ_s (N cᴺ⁻¹ δ_ij + N (N - 1) cᴺ⁻² a_s[i] a_r[j]).
 *
 * Cost: (R·(n + 1))² and 4·n·R² flops. (Kolda 2015 for the gradient)
 */
export function normalEquations(model: SymmetricModel, m: Float64Array): NormalEquations {
  const { order: N, size: n, rank: R, columns: a, weights } = model;
  const p = R * (n + 1);
  const cosines = new Float64Array(R * R);
  gemm(R, R, n, a, 0, 1, R, a, 0, R, 1, cosines, 0, R, false);
  const matrix = new Float64Array(p * p);
  const gradient = new Float64Array(p);
  for (let r = 0; r < R; r++) {
    for (let s = 0; s < R; s++) {
      const c = cosines[r * R + s];
      const [c1, c2] = [pow(c, N - 1), N > 1 ? pow(c, N - 2) : 0];
      const both = weights[r] * weights[s] * N;
      for (let i = 0; i < n; i++) {
        const row = (r * n + i) * p + s * n;
        for (let j = 0; j < n; j++) matrix[row + j] = both * (N - 1) * c2 * a[i * R + s] * a[j * R + r];
        matrix[row + i] += both * c1;
        const mixed = weights[s] * N * c1 * a[i * R + r];
        matrix[(R * n + r) * p + s * n + i] = mixed;
        matrix[(s * n + i) * p + R * n + r] = mixed;
        gradient[r * n + i] += both * c1 * a[i * R + s];
      }
      matrix[(R * n + r) * p + R * n + s] = c1 * c;
      gradient[R * n + r] += weights[s] * c1 * c;
    }
    for (let i = 0; i < n; i++) {
      gradient[r * n + i] -= weights[r] * N * m[i * R + r];
      gradient[R * n + r] -= a[i * R + r] * m[i * R + r];
    }
  }
  return { matrix, gradient };
}
