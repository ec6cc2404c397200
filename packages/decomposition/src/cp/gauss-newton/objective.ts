import { balancedCut, gemm, type MttkrpSweep, mttkrpSweep, norm2 } from '@neuronseek/tensor/kernels';
import { cpResidual } from '../../kernels/cp-residual/index.js';
import { khatriRaoKernel } from '../../kernels/khatri-rao/index.js';
import type { NormalizedData } from '../../normalized-data.js';
import { type NormalMatrix, normalMatrixOf } from './normal-matrix.js';

/** What is minimised: ½(‖x - model‖² + Σ_r ridge[r]·Σₙ ‖Aₙ[:, r]‖²) over the factors Aₙ of the free modes. */
export interface Objective {
  readonly data: NormalizedData;
  readonly products: MttkrpSweep;
  readonly rank: number;
  readonly free: readonly boolean[];
  /** One number a component; undefined where there is none. */
  readonly ridge?: Float64Array;
  /** A constant part of the squared error, of what is orthogonal to the data: it counts in what a relative decrease is relative to. Default: 0. */
  readonly outside?: number;
}

/** The objective at one point. */
export interface Evaluation {
  readonly factors: readonly Float64Array[];
  readonly normal: NormalMatrix;
  readonly value: number;
  /** ‖x - model‖ / ‖x‖ */
  readonly error: number;
  readonly gradient: Float64Array;
}

/** Elements up to which what the model leaves is formed as a whole where a difference of squares and of gradients would lose its digits. */
const MOST_RESIDUAL = 2 ** 20;

/** Rounding of a sum of terms in units of the sum of their magnitudes, a few times what is seen. */
const ROUNDING = 2 ** -49;

/** Digits wanted of an error. */
const ACCURACY = 1e-6;

/**
 * Value and gradient at given factors, all modes by one dimension tree: ∂f/∂Aₙ = Aₙ·Gₙ - MTTKRPₙ + ridge∘Aₙ. Cost: 4·R·size(x) flops.
 *
 * Near an exact fit both are small differences of large numbers. There the residual itself is formed, its squares summed and its MTTKRP taken: half as
 * much again, and a second tensor in memory; with more than 2²⁰ elements only the error is found that way, block by block.
 */
export function evaluator(objective: Objective): (factors: readonly Float64Array[]) => Evaluation {
  const { data, products, rank, free, ridge, outside = 0 } = objective;
  const first = free.indexOf(true);
  const scale = Math.sqrt(data.squares) || 1;
  let residual: { readonly elements: Float64Array; readonly products: MttkrpSweep } | undefined;

  return (factors) => {
    const normal = normalMatrixOf(factors, rank, free);
    const gradient = new Float64Array(normal.size);
    let inner = 0;
    products.run(factors, free, (mode, m) => {
      if (mode === first) for (let q = 0; q < m.length; q++) inner += m[q] * factors[mode][q];
      const at = normal.offsets[mode];
      for (let q = 0; q < m.length; q++) gradient[at + q] = -m[q];
      const rows = m.length / rank;
      gemm(rows, rank, rank, factors[mode], 0, rank, 1, normal.grams[mode], 0, rank, 1, gradient, at, rank, true);
    });
    const { squares: modelSquares, magnitude } = squaresOfModel(normal);
    let squares = data.squares - 2 * inner + modelSquares;
    // d√s = ds / (2√s): half the relative error of the square. |⟨x, model⟩| is at most the mean of the two squares.
    const isGood = 2 * ACCURACY * squares > ROUNDING * (data.squares + 2 * Math.abs(inner) + magnitude);
    let error = Math.sqrt(Math.max(squares, 0)) / scale;
    if (!isGood && data.elements.length <= MOST_RESIDUAL) {
      if (residual === undefined) {
        const elements = new Float64Array(data.elements.length);
        residual = { elements, products: mttkrpSweep(elements, data.shape, rank) };
      }
      subtractModel(data, factors, rank, residual.elements);
      error = norm2(residual.elements.length, residual.elements, 0, 1) / scale;
      residual.products.run(factors, free, (mode, m) => {
        for (let q = 0; q < m.length; q++) gradient[normal.offsets[mode] + q] = -m[q];
      });
    } else if (!isGood) {
      error = cpResidual(data.elements, data.shape, new Float64Array(rank).fill(1), factors) / scale;
    }
    if (!isGood) squares = error * error * scale * scale;
    return { factors, normal, value: (squares + outside + addRidge(normal, ridge, gradient)) / 2, error, gradient };
  };
}

/** x - Σ_r a₀[:, r] ∘ … ∘ a_{N-1}[:, r], as one matrix product. */
function subtractModel(
  { elements, shape }: NormalizedData,
  factors: readonly Float64Array[],
  rank: number,
  out: Float64Array,
): void {
  const cut = balancedCut(shape);
  const rows = shape.slice(0, cut).reduce((product, n) => product * n, 1);
  const cols = elements.length / rows;
  const left = new Float64Array(rows * rank);
  const right = new Float64Array(cols * rank);
  khatriRaoKernel(factors.slice(0, cut), rank, left);
  khatriRaoKernel(factors.slice(cut), rank, right);
  for (let q = 0; q < left.length; q++) left[q] = -left[q];
  out.set(elements);
  gemm(rows, cols, rank, left, 0, rank, 1, right, 0, 1, rank, out, 0, cols, true);
}

/** ‖model‖² and the sum of the magnitudes of its terms. */
function squaresOfModel({ rank, factors, grams }: NormalMatrix): { squares: number; magnitude: number } {
  const [a, gram] = [factors[0], grams[0]];
  const own = new Float64Array(rank * rank);
  gemm(rank, rank, a.length / rank, a, 0, 1, rank, a, 0, rank, 1, own, 0, rank, false);
  let squares = 0;
  let magnitude = 0;
  for (let q = 0; q < own.length; q++) {
    squares += own[q] * gram[q];
    magnitude += Math.abs(own[q] * gram[q]);
  }
  return { squares, magnitude };
}

/** Adds the ridge's part to the gradient and returns Σ_r ridge[r]·Σₙ ‖Aₙ[:, r]‖². */
function addRidge(
  { rank, factors, free, offsets }: NormalMatrix,
  ridge: Float64Array | undefined,
  gradient: Float64Array,
): number {
  if (ridge === undefined) return 0;
  let sum = 0;
  factors.forEach((factor, mode) => {
    if (!free[mode]) return;
    for (let q = 0; q < factor.length; q++) {
      sum += ridge[q % rank] * factor[q] * factor[q];
      gradient[offsets[mode] + q] += ridge[q % rank] * factor[q];
    }
  });
  return sum;
}

/** The largest norm of a component. */
export function largestNorm({ normal: { rank, grams }, factors }: Evaluation): number {
  const [a, others] = [factors[0], grams[0]];
  let largest = 0;
  for (let r = 0; r < rank; r++) {
    let own = 0;
    for (let q = r; q < a.length; q += rank) own += a[q] * a[q];
    largest = Math.max(largest, own * others[r * rank + r]);
  }
  return Math.sqrt(largest);
}

/** Whether nothing but rounding is left. */
export function isExact(point: Evaluation): boolean {
  return point.error <= 2 ** -50 * (1 + largestNorm(point));
}

/**
 * Norm of the gradient with respect to the free factors, each carrying the weights while the columns of the others have unit norm. A component that
 * has vanished has no part in it.
 */
export function gradientNormAt({ gradient, factors, normal: { rank, free, offsets, grams } }: Evaluation): number {
  const scaled = gradient.slice();
  factors.forEach((factor, mode) => {
    if (!free[mode]) return;
    for (let q = 0; q < factor.length; q++) {
      const others = grams[mode][(q % rank) * (rank + 1)];
      scaled[offsets[mode] + q] = others > 0 ? gradient[offsets[mode] + q] / Math.sqrt(others) : 0;
    }
  });
  return norm2(scaled.length, scaled, 0, 1);
}
