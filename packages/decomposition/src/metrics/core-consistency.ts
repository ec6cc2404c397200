import { type Tensor, tensor } from '@neuronseek/tensor';
import { pinv } from '@neuronseek/tensor/linalg';
import { pow } from '@neuronseek/tensor/math';
import { checkMode } from '../checks/check-mode.js';
import { components } from '../cp/components.js';
import { type CpNumbers, cpNumbers } from '../cp/cp-numbers.js';
import type { CpTensor } from '../cp/cp-tensor.js';
import { completeOptions } from '../fit/complete-options.js';
import { modeProduct } from '../multilinear/mode-product.js';
import { normalizedData } from '../normalized-data.js';

/** Options of `coreConsistency`. */
export interface CoreConsistencyOptions {
  /**
   * Where the weights go, the columns of the other modes having unit norm: the number of a mode, or 'even' for the same share in every
   * mode; or 'given', the columns as they are, the weights taken into mode 0. The diagnostic is not invariant to this. Default: 0.
   */
  readonly weightsIn?: number | 'even' | 'given';
  /** What the squared deviation of the core is divided by: 'rank' (Bro & Kiers), or 'core', its own squared norm. Default: 'rank'. */
  readonly normalization?: 'rank' | 'core';
}

/** Defaults of `coreConsistency`. */
export const coreConsistencyDefaults: Required<CoreConsistencyOptions> = {
  weightsIn: 0,
  normalization: 'rank',
};

/** How far the best Tucker core of given CP factors is from superdiagonal. */
export interface CoreConsistency {
  /** 100 where the core is superdiagonal with ones; near or below 0 where the components do not belong to the data. */
  readonly consistency: number;
  /** The core [R, …, R] with least ‖x - core ×₀ A₀ … ×_{N-1} A_{N-1}‖. */
  readonly core: Tensor;
}

/**
 * Core consistency diagnostic (CORCONDIA): 100 · (1 - ‖G - T‖² / R), where G = x ×₀ A₀⁺ … ×_{N-1} A_{N-1}⁺ is the Tucker core that
 * fits x best with the factors of the CP tensor, and T the superdiagonal tensor of ones.
 *
 * With normalization 'core' the divisor is ‖G‖² instead of R. It drops sharply once there are more components than the data have.
 * The value depends on how the weights are spread over the modes, unless the core is superdiagonal: `weightsIn` says how. Weights that vanish against
 * the largest, and columns that depend on others, have no part in A⁺.
 *
 * Cost: R·size(x) multiplications for the first mode, less for the others, a singular value decomposition a factor.
 * (Bro & Kiers 2003; without Kronecker products as Papalexakis & Faloutsos 2015)
 *
 * @throws RangeError where shapes differ, a number is not finite or an option is out of range
 */
export function coreConsistency(x: Tensor, cp: CpTensor, options: CoreConsistencyOptions = {}): CoreConsistency {
  const { weightsIn, normalization } = completeOptions('coreConsistency', coreConsistencyDefaults, options);
  if (normalization !== 'rank' && normalization !== 'core') {
    throw new RangeError(`coreConsistency: normalization is not 'rank' or 'core': ${String(normalization)}`);
  }
  const { elements, shape, norm } = normalizedData('coreConsistency', x);
  if (weightsIn !== 'even' && weightsIn !== 'given') checkMode('coreConsistency: weightsIn', weightsIn, shape.length);
  const numbers = cpNumbers('coreConsistency', cp, { shape });
  const { rank } = numbers;

  const core = scaledFactors(numbers, weightsIn, norm).reduce(
    (partial, factor, mode) => modeProduct(partial, pinv(tensor(factor, [shape[mode], rank])), mode),
    tensor(elements, shape),
  );

  // Elements (r, …, r) stand at multiples of 1 + R + … + R^(N-1).
  const stride = shape.reduce((sum) => sum * rank + 1, 0);
  let deviation = 0;
  let squares = 0;
  core.toTypedArray().forEach((value, q) => {
    deviation += (value - (q % stride === 0 ? 1 : 0)) ** 2;
    squares += value * value;
  });
  const divisor = normalization === 'rank' ? rank : squares;
  return { consistency: divisor > 0 ? 100 * (1 - deviation / divisor) : -Infinity, core };
}

/** The factors with the weights, for data of norm 1, where they are wanted; of an even share a sign goes with mode 0. */
function scaledFactors(
  numbers: CpNumbers,
  weightsIn: Required<CoreConsistencyOptions>['weightsIn'],
  dataNorm: number,
): Float64Array[] {
  const { rank, weights, factors } = numbers;
  if (weightsIn === 'given') {
    return factors.map((factor, mode) =>
      mode === 0 ? factor.map((value, q) => value * (weights[q % rank] / dataNorm)) : factor.slice(),
    );
  }
  const { units, sizes } = components(numbers);
  return units.map((unit, mode) =>
    unit.map((value, q) => {
      const size = sizes[q % rank] / dataNorm;
      if (weightsIn !== 'even') return mode === weightsIn ? value * size : value;
      const share = pow(Math.abs(size), 1 / units.length);
      return value * (mode === 0 && size < 0 ? -share : share);
    }),
  );
}
