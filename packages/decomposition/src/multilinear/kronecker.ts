import { mul, reshape, type Tensor } from '@neuronseek/tensor';
import { checkMatrices } from '../checks/check-matrices.js';

/**
 * Kronecker product of matrices, rows and columns of the first one slowest.
 *
 *     K[(i₀, i₁, …), (j₀, j₁, …)] = Π_n Aₙ[iₙ, jₙ],    Aₙ [Iₙ, Jₙ] → K [Π Iₙ, Π Jₙ]
 *
 * One matrix is returned as it is. Differentiable. Cost: about size(K) multiplications.
 *
 * @throws RangeError where the list is empty or something in it is not a matrix
 */
export function kronecker(matrices: readonly Tensor[]): Tensor {
  checkMatrices('kronecker', matrices);
  return matrices.reduce((a, b) => {
    const [m, p] = a.shape;
    const [n, q] = b.shape;
    return reshape(mul(reshape(a, [m, 1, p, 1]), reshape(b, [1, n, 1, q])), [m * n, p * q]);
  });
}
