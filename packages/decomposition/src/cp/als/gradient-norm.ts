import { gemm, type MttkrpSweep, norm2 } from '@neuronseek/tensor/kernels';
import { type AlsModel, normalMatrix, otherNorms } from './model.js';

/**
 * Norm over the free modes of A·G - M, A = Uₙ·diag(weights): the gradient of half the objective with respect to A. Under a ridge each
 * column is taken in units of the factor that the penalty is on, where a component that it made vanish has gradient 0.
 */
export function gradientNorm(products: MttkrpSweep, model: AlsModel, free: readonly boolean[]): number {
  const { rank, units, weights, norms: factorNorms, dataNorm, ridge } = model;
  const norms: number[] = [];
  products.run(units, free, (mode, m) => {
    const factor = units[mode].map((value, q) => value * weights[q % rank]);
    const gradient = m.map((value) => -value);
    const rows = m.length / rank;
    gemm(rows, rank, rank, factor, 0, rank, 1, normalMatrix(model, mode), 0, rank, 1, gradient, 0, rank, true);
    if (ridge > 0) {
      const others = otherNorms(factorNorms, mode);
      for (let q = 0; q < gradient.length; q++) gradient[q] *= others[q % rank] / dataNorm;
    }
    norms.push(norm2(gradient.length, gradient, 0, 1));
  });
  return norm2(norms.length, Float64Array.from(norms), 0, 1);
}
