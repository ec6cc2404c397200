import { matmul, reshape, type Tensor, take, transpose } from '@neuronseek/tensor';
import { checkTt } from './check-tt.js';
import { type SampleIndices, sampleIndices } from './sample-indices.js';
import type { TtTensor } from './tt-tensor.js';

/**
 * Elements of a tensor train at many indices: y[s] = G₀[:, i_s0, :] · G₁[:, i_s1, :] · …
 *
 * indices [S, N], whole numbers from 0, as a tensor or as a list of S lists → y [S]. Differentiable with respect to the cores. Cost:
 * 2·S·Σ r_k·r_{k+1} flops; memory: one core's matrices for all samples, S·r_k·r_{k+1} numbers.
 *
 * @throws RangeError where shapes do not agree or an index is out of range, naming sample and mode
 */
export function ttAt(tt: TtTensor, indices: SampleIndices): Tensor {
  const { shape } = checkTt('ttAt', tt);
  const { samples, columns } = sampleIndices('ttAt', indices, shape);
  const rows = tt.cores.map((core, k) => transpose(take(core, columns[k], { axis: 1 }), [1, 0, 2]));
  return reshape(
    rows.reduce((left, right) => matmul(left, right)),
    [samples],
  );
}

/**
 * One element of a tensor train, as a number. `ttAt` takes many at once.
 *
 * index: N whole numbers from 0. Cost: 2·Σ r_k·r_{k+1} flops.
 *
 * @throws RangeError where shapes do not agree or an index is out of range
 */
export function ttElement(tt: TtTensor, index: readonly number[]): number {
  const { shape, ranks } = checkTt('ttElement', tt);
  const { columns } = sampleIndices('ttElement', [index], shape);
  let row = [1];
  tt.cores.forEach(({ data, offset, strides }, k) => {
    const at = offset + columns[k][0] * strides[1];
    row = Array.from({ length: ranks[k + 1] }, (_, b) =>
      row.reduce((sum, v, a) => sum + v * Number(data[at + a * strides[0] + b * strides[2]]), 0),
    );
  });
  return row[0];
}
