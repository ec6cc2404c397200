import { mul, tensor } from '@neuronseek/tensor';
import { qrFactors } from '../low-rank/qr-factors.js';
import { modeProduct } from '../multilinear/mode-product.js';
import { modeProducts } from '../multilinear/mode-products.js';
import { type TtResult, tensorTrainFor } from '../tt/tensor-train.js';
import type { TtTruncation } from '../tt/truncation.js';
import { scaled } from '../tucker/triangles.js';
import { tuckerNumbers } from '../tucker/tucker-numbers.js';
import type { TuckerTensor } from '../tucker/tucker-tensor.js';

/**
 * A Tucker tensor as a tensor train: the factors are made orthonormal by QR, the core becomes a tensor train by TT-SVD, and each of its cores is
 * multiplied by the factor of its mode. The tensor itself is not formed.
 *
 * Options as those of `tensorTrain`, without any `{ eps: 0 }`, which is exact; errors are those of the tensor, as orthonormal factors leave
 * norms alone. Cost: that of `tensorTrain` of a core [min(Iₙ, Rₙ)].
 *
 * @throws RangeError where shapes do not agree, a number is not finite, or eps or ranks is out of range
 */
export function tuckerToTt(tucker: TuckerTensor, options: TtTruncation = { eps: 0 }): TtResult {
  const { shape, ranks, factors, core: unit, scale } = scaled(tuckerNumbers('tuckerToTt', tucker));
  const split = factors.map((factor, n) => qrFactors(factor.slice(), shape[n], ranks[n]));
  const core = modeProducts(
    tensor(unit, ranks),
    split.map(({ r }, n) => tensor(r, [Math.min(shape[n], ranks[n]), ranks[n]])),
  );
  const train = tensorTrainFor('tuckerToTt', mul(core, scale), options);
  const cores = train.cores.map((small, n) => modeProduct(small, tensor(split[n].q, [shape[n], small.shape[1]]), 1));
  return { ...train, cores };
}
