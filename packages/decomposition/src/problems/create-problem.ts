import { add, mul, ones, type Shape, showShape, type Tensor, tensor } from '@neuronseek/tensor';
import { norm2 } from '@neuronseek/tensor/kernels';
import { type Key, key as keyOf, normal, split } from '@neuronseek/tensor/random';
import { checkKey } from '../checks/check-key.js';
import { checkRank } from '../checks/check-rank.js';
import type { CpTensor } from '../cp/cp-tensor.js';
import { cpToTensor } from '../cp/cp-to-tensor.js';
import { normalizeCp } from '../cp/normalize-cp.js';
import { randomFactors } from '../cp/starting-factors.js';
import { float64Elements } from '../float64-elements.js';
import { collinearFactors } from './collinear-factors.js';

/** Options of `createProblem`. */
export interface CreateProblemOptions {
  /** Sizes of the modes. */
  readonly shape: Shape;
  /** Number of components. */
  readonly rank: number;
  /** Norm of the noise in units of the norm of the noise-free tensor. Default: 0. */
  readonly noise?: number;
  /** Cosine between any two columns of a factor, see `collinearFactors`. Default: undefined, independent normal entries. */
  readonly collinearity?: number;
  /** Key of factors and noise. Default: key(0). */
  readonly key?: Key;
}

/** Defaults of `createProblem`. */
export const createProblemDefaults: Pick<CreateProblemOptions, 'collinearity'> &
  Required<Pick<CreateProblemOptions, 'noise' | 'key'>> = {
  noise: 0,
  collinearity: undefined,
  key: /* @__PURE__ */ keyOf(0),
};

/** A decomposition problem with its answer. */
export interface Problem {
  /** The solution as a dense tensor plus noise. */
  readonly tensor: Tensor;
  /** What the tensor was made of, in the form of `normalizeCp`. */
  readonly solution: CpTensor;
}

/**
 * A test problem for CP algorithms: the tensor of known factors, plus normally distributed noise of exactly the norm asked for.
 *
 * Equal options give equal bits. The solution is unique up to order and signs where rank is small against the sizes (Kruskal 1977).
 *
 * @throws RangeError where the shape is empty or has an empty mode, the rank is not a positive integer, the noise is negative or
 * not finite, or `collinearFactors` refuses the collinearity
 */
export function createProblem(options: CreateProblemOptions): Problem {
  const { shape, rank } = options;
  const { noise = createProblemDefaults.noise, collinearity, key = createProblemDefaults.key } = options;
  checkKey('createProblem', key);
  checkRank('createProblem', rank);
  if (shape.length === 0 || !shape.every((size) => Number.isSafeInteger(size) && size > 0)) {
    throw new RangeError(`createProblem: shape is not a list of positive integers: ${showShape(shape)}`);
  }
  if (!(noise >= 0 && noise < Infinity)) {
    throw new RangeError(`createProblem: noise is not a finite number from 0: ${noise}`);
  }
  const [factorKey, noiseKey] = split(key, 2);
  const factors =
    collinearity === undefined
      ? randomFactors(shape, rank, factorKey).map((data, n) => tensor(data, [shape[n], rank]))
      : collinearFactors({ shape, rank, collinearity, key: factorKey });
  const solution = normalizeCp({ weights: ones([rank]), factors });
  const exact = cpToTensor(solution);
  if (noise === 0) return { tensor: exact, solution };
  const direction = normal(noiseKey, exact.size);
  const signal = float64Elements(exact);
  const scale = (noise * norm2(signal.length, signal, 0, 1)) / norm2(direction.length, direction, 0, 1);
  return { tensor: add(exact, mul(tensor(direction, shape), scale)), solution };
}
