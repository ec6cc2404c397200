import { matmul, matrixTranspose, mul, sub, sum, type Tensor } from '@neuronseek/tensor';
import { expectClose } from '@neuronseek/testkit';
import { expect } from 'vitest';
import { type TuckerTensor, tuckerToTensor } from '../src/index.js';

/** Frobenius norm. */
export function normOf(x: Tensor): number {
  return Math.sqrt(sum(mul(x, x)).toTypedArray()[0]);
}

/** ‖x - model‖ / ‖x‖ from the dense model; ‖model‖ where x is zero. */
export function denseError(x: Tensor, model: TuckerTensor): number {
  return normOf(sub(x, tuckerToTensor(model))) / (normOf(x) || 1);
}

/** A·Aᵀ: the same for all orthonormal bases of a subspace. */
export function projector(factor: Tensor): Float64Array {
  return Float64Array.from(matmul(factor, matrixTranspose(factor)).toTypedArray());
}

/** Holds a factor to orthonormal columns. */
export function expectOrthonormal(factor: Tensor): void {
  const n = factor.shape[1];
  const eye = Array.from({ length: n * n }, (_, q) => (q % (n + 1) === 0 ? 1 : 0));
  expectClose(matmul(matrixTranspose(factor), factor).toTypedArray(), eye, { factor: 64, scale: 1 });
}

/** Holds every column to a positive entry of largest magnitude, ties aside. */
export function expectSigns(factor: Tensor): void {
  const [rows, columns] = factor.shape;
  const elements = factor.toTypedArray();
  for (let r = 0; r < columns; r++) {
    const column = Array.from({ length: rows }, (_, i) => elements[i * columns + r]);
    expect(Math.max(...column)).toBeGreaterThanOrEqual(-Math.min(...column) * (1 - 1e-14));
  }
}

/** Holds a core to orthogonal slices of descending norm in every mode listed. */
export function expectAllOrthogonal(core: Tensor, unfoldings: readonly Tensor[], accuracy = 1e-13): void {
  const bound = accuracy * normOf(core) ** 2;
  for (const rows of unfoldings) {
    const size = rows.shape[0];
    const gram = matmul(rows, matrixTranspose(rows)).toTypedArray();
    gram.forEach((value, q) => {
      if (q % (size + 1) !== 0) expect(Math.abs(value)).toBeLessThanOrEqual(bound);
      else if (q > 0) expect(value).toBeLessThanOrEqual(gram[q - size - 1] + bound);
    });
  }
}
