import { expandDims, eye, matrixTranspose, mul, reshape, sum } from '@neuronseek/tensor';
import { checkCp } from '../cp/check-cp.js';
import type { CpTensor } from '../cp/cp-tensor.js';
import type { TtTensor } from '../tt/tt-tensor.js';

/**
 * A CP tensor as a tensor train, exact: every inner rank is the CP rank R and the matrices of inner cores are diagonal; the weights stand in
 * the first core.
 *
 * Differentiable with respect to weights and factors. `ttRound` brings ranks down where the tensor has smaller ones. Cost: R²·Σ Iₙ
 * multiplications. (Oseledets 2011, section 4)
 *
 * @throws RangeError where shapes do not agree
 */
export function cpToTt(cp: CpTensor): TtTensor {
  const { shape, rank } = checkCp('cpToTt', cp);
  const last = shape.length - 1;
  const factors = cp.factors.map((factor, n) => (n === 0 ? mul(factor, cp.weights) : factor));
  if (last === 0) return { cores: [reshape(sum(factors[0], { axes: [1] }), [1, shape[0], 1])] };
  const cores = factors.map((factor, n) => {
    if (n === 0) return expandDims(factor, 0);
    if (n === last) return expandDims(matrixTranspose(factor), 2);
    return mul(reshape(eye(rank), [rank, 1, rank]), expandDims(factor, 0));
  });
  return { cores };
}
