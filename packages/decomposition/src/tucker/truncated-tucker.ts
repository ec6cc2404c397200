import { type Tensor, tensor } from '@neuronseek/tensor';
import type { NormalizedData } from '../normalized-data.js';
import { withSigns } from './all-orthogonal.js';
import { projectionError } from './relative-error.js';
import type { Projection, Truncated } from './truncate.js';
import { fromNumbers, type TuckerNumbers } from './tucker-numbers.js';
import type { TuckerTensor } from './tucker-tensor.js';

/** What a projection on orthonormal factors says beside core and factors; plain data. */
export interface TruncatedTucker extends TuckerTensor {
  /** The sizes of the core. */
  readonly ranks: readonly number[];
  /** ‖x - model‖ / ‖x‖, never below what rounding allows to know; 0 where x is zero. */
  readonly relativeError: number;
  /**
   * Singular values found in each mode that was decomposed, descending; empty for other modes. Those of a Gram matrix are right to
   * about 1e-8·‖x‖.
   */
  readonly modeSingularValues: readonly Tensor[];
}

/** The numbers of a projection, for data of norm 1; modes that were left out have an identity. */
export function truncatedNumbers({ shape }: NormalizedData, { ranks, bases, core }: Projection): TuckerNumbers {
  return { shape, ranks, core, factors: bases.map((basis, mode) => basis ?? identity(shape[mode])) };
}

/** The result of a truncation, in the units of the data. */
export function truncatedTucker(data: NormalizedData, truncated: Truncated): TruncatedTucker {
  const numbers = truncatedNumbers(data, truncated);
  const modes = [...data.shape.keys()].filter((mode) => truncated.bases[mode] !== undefined);
  return {
    ...scaledTensor(withSigns(numbers, modes), data.norm),
    ranks: [...truncated.ranks],
    relativeError: projectionError(data, numbers),
    modeSingularValues: truncated.values.map((values) => tensor(values.map((v) => v * data.norm))),
  };
}

/** The tensors of a model of data divided by `norm`. */
export function scaledTensor(numbers: TuckerNumbers, norm: number): ReturnType<typeof fromNumbers> {
  return fromNumbers({ ...numbers, core: numbers.core.map((v) => v * norm) });
}

/** [size, size], ones on the diagonal. */
export function identity(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, q) => (q % (size + 1) === 0 ? 1 : 0));
}
