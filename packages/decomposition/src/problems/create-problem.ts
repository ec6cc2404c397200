import { add, astype, mul, ones, type Shape, type Tensor, tensor } from '@neuronseek/tensor';
import { norm2 } from '@neuronseek/tensor/kernels';
import { fold, type Key, key as keyOf, normal, permutation, split } from '@neuronseek/tensor/random';
import { checkBoolean } from '../checks/check-boolean.js';
import { checkRank } from '../checks/check-rank.js';
import { checkSizes } from '../checks/check-sizes.js';
import type { CpTensor } from '../cp/cp-tensor.js';
import { cpToTensor } from '../cp/cp-to-tensor.js';
import { normalizeCp } from '../cp/normalize-cp.js';
import { randomFactors } from '../cp/starting-factors.js';
import { completeOptions } from '../fit/complete-options.js';
import { float64Elements } from '../float64-elements.js';
import { productOf } from '../product-of.js';
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
  /** Whether no entry of a factor is negative: magnitudes of normal entries, or see `collinearFactors`. Noise has either sign. Default: false. */
  readonly nonnegative?: boolean;
  /** Share of the elements that are missing, from 0 to below 1, to the nearest element. Default: 0. */
  readonly missing?: number;
  /** Key of factors, noise, and what is missing. Default: key(0). */
  readonly key?: Key;
}

/** Defaults of `createProblem`. */
export const createProblemDefaults: Pick<CreateProblemOptions, 'collinearity'> &
  Required<Pick<CreateProblemOptions, 'noise' | 'nonnegative' | 'missing' | 'key'>> = {
  noise: 0,
  collinearity: undefined,
  nonnegative: false,
  missing: 0,
  key: /* @__PURE__ */ keyOf(0),
};

/** Number of the key of what is missing among those that belong to a problem's key. */
const MISSING = 2;

/** A decomposition problem with its answer. */
export interface Problem {
  /** The solution as a dense tensor plus noise. */
  readonly tensor: Tensor;
  /** What the tensor was made of, in the form of `normalizeCp`. */
  readonly solution: CpTensor;
  /** bool, of the shape of the tensor: whether an element is observed. The tensor has its value in either case; `cpWeighted` takes it as weights. */
  readonly mask: Tensor;
}

/**
 * A test problem for CP algorithms: the tensor of known factors, plus normally distributed noise of exactly the norm asked for,
 * and a mask of which elements are missing, chosen at random, exactly as many as asked for.
 *
 * Equal options give equal bits; noise and what is missing make no difference to the solution. It is unique up to order
 * and signs where rank is small against the sizes (Kruskal 1977).
 *
 * @throws RangeError where the shape is empty or has an empty mode, the rank is not a positive integer, the noise is negative or
 * not finite, the missing share is not from 0 to below 1 or leaves no element, or `collinearFactors` refuses the collinearity
 */
export function createProblem(options: CreateProblemOptions): Problem {
  const { shape, rank, noise, collinearity, nonnegative, missing, key } = completeOptions(
    'createProblem',
    createProblemDefaults,
    options,
    ['shape', 'rank'],
  );
  checkRank('createProblem', rank);
  checkSizes('createProblem', 'shape', shape);
  if (!(noise >= 0 && noise < Infinity)) {
    throw new RangeError(`createProblem: noise is not a finite number from 0: ${noise}`);
  }
  checkBoolean('createProblem', 'nonnegative', nonnegative);
  const size = productOf(shape);
  const gone = Math.round(missing * size);
  if (!(missing >= 0 && missing < 1 && gone < size)) {
    throw new RangeError(`createProblem: missing is not a share from 0 to below 1 that leaves an element: ${missing}`);
  }
  const [factorKey, noiseKey] = split(key, 2);
  const factors = factorsOf({ shape, rank, collinearity, nonnegative }, factorKey);
  const solution = normalizeCp({ weights: ones([rank]), factors });
  const exact = cpToTensor(solution);
  const mask = maskOf(shape, gone, fold(key, MISSING));
  if (noise === 0) return { tensor: exact, solution, mask };
  const direction = normal(noiseKey, exact.size);
  const signal = float64Elements(exact);
  const scale = (noise * norm2(signal.length, signal, 0, 1)) / norm2(direction.length, direction, 0, 1);
  return { tensor: add(exact, mul(tensor(direction, shape), scale)), solution, mask };
}

function factorsOf({ shape, rank, collinearity, nonnegative }: CreateProblemOptions, key: Key): Tensor[] {
  if (collinearity !== undefined) return collinearFactors({ shape, rank, collinearity, nonnegative, key });
  return randomFactors(shape, rank, key).map((data, n) =>
    tensor(nonnegative ? data.map(Math.abs) : data, [shape[n], rank]),
  );
}

/** true, but for `gone` elements. */
function maskOf(shape: Shape, gone: number, key: Key): Tensor {
  const mask = new Float64Array(productOf(shape)).fill(1);
  if (gone > 0) for (const q of permutation(key, mask.length).subarray(0, gone)) mask[q] = 0;
  return astype(tensor(mask, shape), 'bool');
}
