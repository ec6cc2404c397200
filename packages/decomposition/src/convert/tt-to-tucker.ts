import { tensor } from '@neuronseek/tensor';
import { norm2 } from '@neuronseek/tensor/kernels';
import { completeOptions } from '../fit/complete-options.js';
import { splitMatrix } from '../low-rank/split.js';
import { type OrthogonalTrain, orthogonalizeLeft, orthogonalTrain } from '../tt/orthogonalize.js';
import { leadingProduct } from '../tt/partial-products.js';
import { scaledProduct } from '../tt/scaled.js';
import { ttNumbers } from '../tt/tt-numbers.js';
import type { TtTensor } from '../tt/tt-tensor.js';
import type { TuckerTensor } from '../tucker/tucker-tensor.js';

/** Options of `ttToTucker`. */
export interface TtToTuckerOptions {
  /** Largest relative error; 0 leaves out what rounding cannot tell from zero. Default: 0. */
  readonly eps?: number;
}

/** Defaults of `ttToTucker`. */
export const ttToTuckerDefaults: Required<TtToTuckerOptions> = { eps: 0 };

/** What `ttToTucker` returns. */
export interface TtToTuckerResult extends TuckerTensor {
  /** ‖tt - tucker‖ / ‖tt‖ as far as something was left out; rounding, about 1e-15, comes on top. */
  readonly relativeError: number;
}

/**
 * A tensor train as a Tucker tensor with orthonormal factors of the least sizes, without forming the tensor: at every core in turn, the others
 * being orthogonal around it, the leading left singular vectors of its unfolding [n, r·r'] are those of the tensor's unfolding.
 *
 * ‖tt - tucker‖ ≤ eps · ‖tt‖. Cost: that of rounding, 2·Σ n²·r·r' flops and 2·r·Π Rₙ for the core, which is formed: Π Rₙ numbers.
 *
 * @throws RangeError where shapes do not agree, a number is not finite or eps is out of range
 */
export function ttToTucker(tt: TtTensor, options: TtToTuckerOptions = {}): TtToTuckerResult {
  const numbers = ttNumbers('ttToTucker', tt);
  const { eps } = completeOptions('ttToTucker', ttToTuckerDefaults, options);
  if (!(eps >= 0 && eps < Infinity)) throw new RangeError(`ttToTucker: eps is not a finite number from 0: ${eps}`);
  const train = orthogonalTrain(numbers, 0);
  const { factors, sizes, discarded } = compress(train, eps / Math.sqrt(numbers.shape.length));
  const norm = scaledProduct(train.scales);
  const core = leadingProduct({ shape: sizes, ranks: train.ranks, cores: train.cores }, sizes.length);
  return {
    core: tensor(
      core.map((v) => v * norm),
      sizes,
    ),
    factors: factors.map((factor, n) => tensor(factor, [numbers.shape[n], sizes[n]])),
    relativeError: norm2(discarded.length, Float64Array.from(discarded), 0, 1),
  };
}

interface Compressed {
  readonly factors: Float64Array[];
  readonly sizes: number[];
  readonly discarded: number[];
}

/** Splits a factor off every core of a train that is orthogonal from the right; the cores shrink to [r, sizes[k], r']. */
function compress(train: OrthogonalTrain, limit: number): Compressed {
  const { cores, ranks, scales } = train;
  const sizes = [...train.shape];
  const shrunk = { ...train, shape: sizes };
  const factors: Float64Array[] = [];
  const discarded: number[] = [];
  // Norm of what is left, which is taken out of the cores on the way.
  let norm = 1;
  for (let k = 0; k < sizes.length; k++) {
    const [r, n, s] = [ranks[k], sizes[k], ranks[k + 1]];
    const split = splitMatrix(modeFirst(cores[k], r, n, s), n, r * s, {
      discarded: limit / (norm || 1),
      accurate: true,
    });
    factors.push(split.left);
    discarded.push(split.discarded * norm);
    sizes[k] = split.rank;
    cores[k] = modeFirst(split.right, split.rank, r, s);
    if (k + 1 === sizes.length) break;
    orthogonalizeLeft(shrunk, k);
    norm *= scales[scales.length - 1];
  }
  return { factors, sizes, discarded };
}

/** [a, b, c] → [b, a, c] */
function modeFirst(x: Float64Array, a: number, b: number, c: number): Float64Array {
  const out = new Float64Array(x.length);
  for (let i = 0; i < a; i++) {
    for (let j = 0; j < b; j++) out.set(x.subarray((i * b + j) * c, (i * b + j + 1) * c), (j * a + i) * c);
  }
  return out;
}
