import { add, matmul, matrixTranspose, mul, ones, sub, type Tensor } from '@neuronseek/tensor';
import { mttkrp } from '../multilinear/mttkrp.js';

/**
 * Derivative of Aₘ·Γₘ - MTTKRPₘ, the gradient of ½‖x - model‖² by factor `mode`, along directions Vₙ of all factors, holes where a factor stands still:
 *
 *     Vₘ·Γₘ + Aₘ·Σ_{n≠m} (VₙᵀAₙ + AₙᵀVₙ) ∘ Γₘₙ - Σ_{n≠m} MTTKRPₘ(x, Aₙ := Vₙ),    Γₘₙ the Hadamard product of the Grams of the other modes
 *
 * Written in operations, so that it can be differentiated again. Cost: 2·(N - 1)·R·size(x) flops.
 */
export function gradientAlong(
  x: Tensor,
  factors: readonly Tensor[],
  directions: readonly (Tensor | undefined)[],
  mode: number,
): Tensor {
  const grams = factors.map((factor) => matmul(matrixTranspose(factor), factor));
  const rank = factors[0].shape[1];
  const without = (...gone: number[]): Tensor =>
    grams
      .filter((_, m) => !gone.includes(m))
      .reduce((product, gram) => mul(product, gram), ones([rank, rank], { dtype: x.dtype }));
  const own = directions[mode];
  const parts: Tensor[] = [];
  if (own) parts.push(matmul(own, without(mode)));
  directions.forEach((direction, n) => {
    if (!direction || n === mode) return;
    const half = matmul(matrixTranspose(direction), factors[n]);
    const change = add(half, matrixTranspose(half));
    const turned = matmul(factors[mode], mul(change, without(mode, n)));
    parts.push(sub(turned, mttkrp(x, withFactor(factors, n, direction), mode)));
  });
  return parts.reduce((total, part) => add(total, part));
}

/** The factors with another one in place of that of `mode`. */
export function withFactor(factors: readonly Tensor[], mode: number, factor: Tensor): Tensor[] {
  return factors.map((own, m) => (m === mode ? factor : own));
}
