import { gemm } from '@neuronseek/tensor/kernels';
import { solveDamped } from './normal-equations.js';
import { blockRows, integerPower, type Problem } from './problem.js';

/** Smaller than any rounding that matters: a larger one leaves the residual of an exact fit above its floor. */
const RIDGE = 1e-15;

/** Weighted moments of the powers of all inputs, the last row and column that of the constant. */
export interface PowerMoments {
  readonly size: number;
  readonly gram: Float64Array;
}

/** Σᵢ wᵢ·pᵢ·pᵢᵀ over all powers, centred and scaled, and the constant. Cost: n·(K·D)² flops. */
export function powerMoments(problem: Problem, weights?: Float64Array): PowerMoments {
  const { rows, inputs, maxOrder, memory } = problem;
  const size = maxOrder * inputs + 1;
  const block = blockRows(problem, size);
  const design = memory.scratch('design', size * block);
  const gram = new Float64Array(size * size);
  for (let start = 0; start < rows; start += block) {
    const count = Math.min(block, rows - start);
    fillPowers(problem, design, start, count, weights, true);
    gemm(size, size, count, design, 0, count, 1, design, 0, 1, count, gram, 0, size, start > 0);
  }
  return { size, gram };
}

/** Σᵢ wᵢ·pᵢ·tᵢ over all powers and the constant. */
function powerProducts(problem: Problem, target: Float64Array, weights?: Float64Array): Float64Array {
  const { rows, inputs, maxOrder, memory } = problem;
  const size = maxOrder * inputs + 1;
  const block = blockRows(problem, size);
  const design = memory.scratch('design', size * block);
  const products = new Float64Array(size);
  for (let start = 0; start < rows; start += block) {
    const count = Math.min(block, rows - start);
    fillPowers(problem, design, start, count, weights, false);
    gemm(size, 1, count, design, 0, count, 1, target, start, 1, 1, products, 0, 1, start > 0);
  }
  return products;
}

/** One row a power; by the roots of the weights, or by the weights themselves. */
function fillPowers(
  problem: Problem,
  design: Float64Array,
  start: number,
  count: number,
  weights: Float64Array | undefined,
  roots: boolean,
): void {
  const { rows, inputs, maxOrder, x, powerMeans, powerDeviations } = problem;
  const factors = weights?.subarray(start, start + count).map((w) => (roots ? Math.sqrt(w) : w));
  let at = 0;
  for (let order = 1; order <= maxOrder; order++) {
    for (let d = 0; d < inputs; d++, at += count) {
      const column = (order - 1) * inputs + d;
      const [mean, scale] = [powerMeans[column], 1 / powerDeviations[column]];
      const from = d * rows + start;
      for (let i = 0; i < count; i++) design[at + i] = (integerPower(x[from + i], order) - mean) * scale;
    }
  }
  design.fill(1, at, at + count);
  if (factors === undefined) return;
  for (let r = 0; r <= maxOrder * inputs; r++) {
    for (let i = 0; i < count; i++) design[r * count + i] *= factors[i];
  }
}

/** A set of powers with the weights that fit best. */
export interface PowerFit {
  readonly powers: readonly number[];
  readonly weights: Float64Array;
  readonly bias: number;
  /** Weighted sum of squares that is left. */
  readonly squares: number;
}

/**
 * The least-squares fit of every set of powers of 1 … K to a target, the empty set first: the power stream is linear in its weights, so the best set
 * is found by trying all 2^K from one matrix of moments. Sets with more weights than half the rows are left out.
 *
 * Cost: 2·n·K·D + Σ C(K, j)·(j·D)³/3 flops.
 */
export function powerFits(
  problem: Problem,
  moments: PowerMoments,
  target: Float64Array,
  weights?: Float64Array,
  only?: readonly number[],
): PowerFit[] {
  const { rows, inputs, maxOrder } = problem;
  const products = powerProducts(problem, target, weights);
  let total = 0;
  for (let i = 0; i < rows; i++) total += (weights === undefined ? 1 : weights[i]) * target[i] * target[i];
  const sets = only === undefined ? subsets(maxOrder) : [only];
  return sets
    .filter((powers) => powers.length === 0 || powers.length * inputs <= rows / 2)
    .map((powers) => {
      const columns = [
        moments.size - 1,
        ...powers.flatMap((order) => Array.from({ length: inputs }, (_, d) => (order - 1) * inputs + d)),
      ];
      const size = columns.length;
      const matrix = new Float64Array(size * size);
      const right = new Float64Array(size);
      columns.forEach((a, i) => {
        right[i] = products[a];
        columns.forEach((b, j) => {
          matrix[i * size + j] = moments.gram[a * moments.size + b];
        });
      });
      const solution = solveDamped(size, matrix, right, RIDGE, problem.memory.scratch('factor', size * size));
      let squares = total;
      for (let i = 0; i < size; i++) squares -= right[i] * solution[i];
      return {
        powers,
        weights: solution.slice(1),
        bias: solution[0],
        squares: Math.max(squares, 1e-13 * total),
      };
    });
}

/** All subsets of 1 … K, the empty one first. */
function subsets(maxOrder: number): number[][] {
  return Array.from({ length: 2 ** maxOrder }, (_, bits) =>
    Array.from({ length: maxOrder }, (_, k) => k + 1).filter((k) => (bits >> (k - 1)) & 1),
  );
}
