import { ones, type Shape, showShape, type Tensor, tensor } from '@neuronseek/tensor';
import type { Key } from '@neuronseek/tensor/random';
import { checkKey } from '../checks/check-key.js';
import { checkSizes } from '../checks/check-sizes.js';
import type { CpTensor } from '../cp/cp-tensor.js';
import { cpToTensor } from '../cp/cp-to-tensor.js';
import { completeOptions } from '../fit/complete-options.js';
import { collinearFactors } from './collinear-factors.js';

/** Options of `borderRankProblem`. */
export interface BorderRankProblemOptions {
  /** Sizes of the modes, three of them or more, each at least 2. Default: [2, 2, 2]. */
  readonly shape?: Shape;
  /** Key of random orthonormal vectors a, b in each mode. Default: undefined, the first two unit vectors. */
  readonly key?: Key;
}

/** Defaults of `borderRankProblem`. */
export const borderRankProblemDefaults: Pick<BorderRankProblemOptions, 'key'> &
  Required<Pick<BorderRankProblemOptions, 'shape'>> = {
  shape: [2, 2, 2],
  key: undefined,
};

/** A tensor without a best approximation of rank 2, and one of those that get closer and closer. */
export interface BorderRankProblem {
  /** W, of norm √N. */
  readonly tensor: Tensor;
  /** W as a sum of as many terms as its rank: its order. */
  readonly exact: CpTensor;
  /** Rank 2: weights [n, -n], columns a + b/n and a in each mode. */
  readonly approximation: CpTensor;
  /** ‖approximation - W‖ / ‖W‖, from the formula. */
  readonly relativeError: number;
}

/**
 * The tensor W of order N and the n-th member of a sequence of rank 2 that converges to it:
 *
 *     W = Σ_k a ∘ … ∘ b ∘ … ∘ a  (b in mode k)        n·(a + b/n)^∘N - n·a^∘N = W + O(1/n)
 *
 * with orthonormal a, b in each mode. W has rank N and border rank 2: its distance to the tensors of rank 2 is 0 and not attained, so fits of rank 2 grow two opposed
 * components without end. For N = 3 the relative error is √(3 + 1/n²)/(n·√3). (de Silva & Lim 2008)
 *
 * n > 0 → `tensor` [I₀, …, I_{N-1}], float64. Cost: 2·N·Π Iₙ flops.
 *
 * @throws RangeError where n is not a finite number above 0, there are fewer than three modes, or a size is below 2
 */
export function borderRankProblem(n: number, options: BorderRankProblemOptions = {}): BorderRankProblem {
  const { shape, key } = completeOptions('borderRankProblem', borderRankProblemDefaults, options);
  if (!(n > 0 && n < Infinity)) throw new RangeError(`borderRankProblem: n is not a finite number above 0: ${n}`);
  checkSizes('borderRankProblem', 'shape', shape);
  if (shape.length < 3 || !shape.every((size) => Number.isSafeInteger(size) && size >= 2)) {
    throw new RangeError(`borderRankProblem: shape is not of three sizes or more from 2: ${showShape(shape)}`);
  }
  if (key !== undefined) checkKey('borderRankProblem', key);
  const order = shape.length;
  const bases = key === undefined ? shape.map(unitVectors) : collinearFactors({ shape, rank: 2, collinearity: 0, key });
  const pairs = bases.map((basis) => basis.toTypedArray());
  const columns = (mode: number, count: number, entry: (a: number, b: number, r: number) => number): Tensor => {
    const data = Float64Array.from({ length: shape[mode] * count }, (_, q) => {
      const row = 2 * Math.floor(q / count);
      return entry(Number(pairs[mode][row]), Number(pairs[mode][row + 1]), q % count);
    });
    return tensor(data, [shape[mode], count]);
  };
  const exact = {
    weights: ones([order]),
    factors: shape.map((_, mode) => columns(mode, order, (a, b, r) => (r === mode ? b : a))),
  };
  const approximation = {
    weights: tensor([n, -n]),
    factors: shape.map((_, mode) => columns(mode, 2, (a, b, r) => (r === 0 ? a + b / n : a))),
  };
  return { tensor: cpToTensor(exact), exact, approximation, relativeError: errorOf(n, order) };
}

/** The first two unit vectors as columns. */
function unitVectors(size: number): Tensor {
  return tensor(
    Float64Array.from({ length: 2 * size }, (_, q) => (q === 0 || q === 3 ? 1 : 0)),
    [size, 2],
  );
}

/** Terms with k ≥ 2 vectors b are left, orthogonal to each other and of norm n^(1 - k): √(Σ_k C(N, k)·n^(2 - 2k) / N). */
function errorOf(n: number, order: number): number {
  let squares = 0;
  let choices = order;
  let size = 1;
  for (let k = 2; k <= order; k++) {
    choices = (choices * (order - k + 1)) / k;
    size /= n * n;
    squares += choices * size;
  }
  return Math.sqrt(squares / order);
}
