import { matmul, mul, type Tensor, take } from '@neuronseek/tensor';
import { checkCp } from '../cp/check-cp.js';
import type { CpTensor } from '../cp/cp-tensor.js';
import { type SampleIndices, sampleIndices } from '../tt/sample-indices.js';

/**
 * Elements of a CP tensor at many indices: y[s] = Σ_r weights[r] · Π_n Aₙ[i_sn, r].
 *
 * indices [S, N], whole numbers from 0, as a tensor or as a list of S lists → y [S]. Differentiable with respect to weights and factors,
 * to any order. Cost: (N + 1)·R·S flops; memory while a derivative is taken: 2·N·R·S numbers.
 *
 * @throws RangeError where shapes do not agree or an index is out of range, naming sample and mode
 */
export function cpAt(cp: CpTensor, indices: SampleIndices): Tensor {
  const { shape } = checkCp('cpAt', cp);
  const { columns } = sampleIndices('cpAt', indices, shape);
  const rows = cp.factors.map((factor, mode) => take(factor, columns[mode]));
  return matmul(
    rows.reduce((product, row) => mul(product, row)),
    cp.weights,
  );
}
