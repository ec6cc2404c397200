import { matmul, reshape, type Tensor, take } from '@neuronseek/tensor';
import { productOf } from '../product-of.js';
import { type SampleIndices, sampleIndices } from '../tt/sample-indices.js';
import { checkTucker } from '../tucker/check-tucker.js';
import type { TuckerTensor } from '../tucker/tucker-tensor.js';

/**
 * Elements of a Tucker tensor at many indices: y[s] = Σ core[r₀, …] · Π_n Aₙ[i_sn, rₙ].
 *
 * indices [S, N], whole numbers from 0, as a tensor or as a list of S lists → y [S]. Differentiable with respect to core and factors, to any
 * order. The first mode goes by one matrix product, with all rows of its factor where those are fewer than the samples; the others sample by
 * sample. Cost: 2·min(S, I₀)·Π Rₙ + 2·S·Π_{n>0} Rₙ flops; memory: 2·S·Π_{n>0} Rₙ numbers.
 *
 * @throws RangeError where shapes do not agree or an index is out of range, naming sample and mode
 */
export function tuckerAt(tucker: TuckerTensor, indices: SampleIndices): Tensor {
  const { shape, ranks } = checkTucker('tuckerAt', tucker);
  const { samples, columns } = sampleIndices('tuckerAt', indices, shape);
  const [first, ...others] = tucker.factors;
  const matrix = reshape(tucker.core, [ranks[0], productOf(ranks.slice(1))]);
  const contracted =
    first.shape[0] <= samples ? take(matmul(first, matrix), columns[0]) : matmul(take(first, columns[0]), matrix);
  const all = others.reduce((left, factor, m) => {
    const rank = ranks[m + 1];
    const row = reshape(take(factor, columns[m + 1]), [samples, 1, rank]);
    return matmul(row, reshape(left, [samples, rank, productOf(ranks.slice(m + 2))]));
  }, contracted);
  return reshape(all, [samples]);
}
