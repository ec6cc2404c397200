import { matmul, reshape, type Tensor } from '@neuronseek/tensor';
import { balancedCut } from '@neuronseek/tensor/kernels';
import { checkTt } from './check-tt.js';
import type { TtTensor } from './tt-tensor.js';

/**
 * The tensor that a tensor train stands for: x[i₀, …] = G₀[:, i₀, :] · … · G_{N-1}[:, i_{N-1}, :], shape [n₀, …, n_{N-1}].
 *
 * Differentiable with respect to the cores. The leading and the trailing cores are multiplied out, then joined by one matrix
 * product of 2·r·Π n_k flops, r the rank in the middle.
 *
 * @throws RangeError where shapes do not agree
 */
export function ttToTensor(tt: TtTensor): Tensor {
  const { shape } = checkTt('ttToTensor', tt);
  if (shape.length === 1) return reshape(tt.cores[0], shape);
  const cut = balancedCut(shape);
  return reshape(matmul(leading(tt.cores.slice(0, cut)), trailing(tt.cores.slice(cut))), shape);
}

/** Cores that begin with rank 1 multiplied out: a matrix [Π n_k, r]. */
function leading([first, ...rest]: readonly Tensor[]): Tensor {
  return rest.reduce(
    (left, core) => {
      const [r, n, s] = core.shape;
      return reshape(matmul(left, reshape(core, [r, n * s])), [left.shape[0] * n, s]);
    },
    reshape(first, [first.shape[1], first.shape[2]]),
  );
}

/** Cores that end with rank 1 multiplied out: a matrix [r, Π n_k]. */
function trailing(cores: readonly Tensor[]): Tensor {
  const last = cores[cores.length - 1];
  return cores.slice(0, -1).reduceRight(
    (right, core) => {
      const [r, n, s] = core.shape;
      return reshape(matmul(reshape(core, [r * n, s]), right), [r, n * right.shape[1]]);
    },
    reshape(last, [last.shape[0], last.shape[1]]),
  );
}
