import { mul, reshape, showShape, type Tensor } from '@neuronseek/tensor';
import { checkMatrices } from '../checks/check-matrices.js';

/**
 * Khatri–Rao product: the column-wise Kronecker product of matrices, the rows of the first one slowest.
 *
 *     K[(i₀, …, i_{N-1}), r] = Π_n Aₙ[iₙ, r],    Aₙ [Iₙ, R] → K [Π Iₙ, R]
 *
 * With this order unfold(x, n) ≈ Aₙ · khatriRao(all others, in order)ᵀ. One matrix is returned as it is. Differentiable.
 * Cost: about size(K) multiplications. (Khatri & Rao 1968)
 *
 * @throws RangeError where the list is empty or columns differ in number
 */
export function khatriRao(matrices: readonly Tensor[]): Tensor {
  checkMatrices('khatriRao', matrices);
  const rank = matrices[0].shape[1];
  matrices.forEach((matrix, i) => {
    if (matrix.shape[1] !== rank) {
      throw new RangeError(
        `khatriRao: columns differ in number: matrix 0 has shape ${showShape(matrices[0].shape)}, ` +
          `matrix ${i} has ${showShape(matrix.shape)}`,
      );
    }
  });
  return matrices.reduce((a, b) => {
    const [m, n] = [a.shape[0], b.shape[0]];
    return reshape(mul(reshape(a, [m, 1, rank]), reshape(b, [1, n, rank])), [m * n, rank]);
  });
}
