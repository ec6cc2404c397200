import { balancedCut, gemm } from '@neuronseek/tensor/kernels';
import type { Objective } from '../../optimize/minimize.js';
import { productOf } from '../../product-of.js';
import { leadingProduct, trailingProduct } from '../partial-products.js';
import type { TtNumbers } from '../tt-numbers.js';
import { extendLeft, startFrames } from './frames.js';
import type { Samples } from './samples.js';

/** Shape and ranks, by which a flat point is read as cores. */
export interface TrainSizes {
  readonly shape: readonly number[];
  readonly ranks: readonly number[];
}

/** The cores of a flat point, as views. */
export function coresOf({ shape, ranks }: TrainSizes, x: Float64Array): Float64Array[] {
  let at = 0;
  return shape.map((n, k) => {
    const from = at;
    at += ranks[k] * n * ranks[k + 1];
    return x.subarray(from, at);
  });
}

/** ½‖train - z‖² + ½·ridge·Σ‖G_k‖² over flat cores, z dense. Cost: about 2·r·size(z) flops for the train and for each mode's gradient. */
export function denseObjective(sizes: TrainSizes, z: Float64Array, ridge: number): Objective {
  const { shape, ranks } = sizes;
  const cut = balancedCut(shape);
  const [rows, columns] = [productOf(shape.slice(0, cut)), productOf(shape.slice(cut))];
  return (x, gradient) => {
    const numbers: TtNumbers = { shape, ranks, cores: coresOf(sizes, x) };
    const inner = ranks[cut];
    const residual = new Float64Array(z.length);
    const [leading, trailing] = [leadingProduct(numbers, cut), trailingProduct(numbers, cut)];
    gemm(rows, columns, inner, leading, 0, inner, 1, trailing, 0, columns, 1, residual, 0, columns, false);
    for (let q = 0; q < z.length; q++) residual[q] -= z[q];
    const value = halfSquares(residual);
    const gradients = coresOf(sizes, gradient);
    let rest: Float64Array = residual;
    shape.forEach((n, k) => {
      const height = ranks[k] * n;
      const width = rest.length / height;
      const [r, behind] = [ranks[k + 1], trailingProduct(numbers, k + 1)];
      gemm(height, r, width, rest, 0, width, 1, behind, 0, 1, width, gradients[k], 0, r, false);
      const next = new Float64Array(r * width);
      gemm(r, width, height, numbers.cores[k], 0, 1, r, rest, 0, width, 1, next, 0, width, false);
      rest = next;
    });
    return value + penalised(x, gradient, ridge);
  };
}

/** ½Σ_s w_s·(train[i_s] - y_s)² + ½·ridge·Σ‖G_k‖² over flat cores. Cost: 6·S·Σ r_k·r_{k+1} flops. */
export function sampleObjective(sizes: TrainSizes, samples: Samples, ridge: number): Objective {
  const { shape, ranks } = sizes;
  const order = shape.length;
  const { points, values, roots } = samples;
  return (x, gradient) => {
    const train = { shape, ranks: [...ranks], cores: coresOf(sizes, x) };
    const frames = startFrames(train, samples);
    for (let k = 0; k < order; k++) extendLeft(frames, train, samples, k);
    const residual = values.map((v, s) => (frames.left[order][s] - v) * roots[s]);
    const value = halfSquares(residual);
    gradient.fill(0);
    coresOf(sizes, gradient).forEach((out, k) => {
      const [n, r, next] = [shape[k], ranks[k], ranks[k + 1]];
      const [left, right] = [frames.left[k], frames.right[k + 1]];
      for (let s = 0; s < values.length; s++) {
        const weight = residual[s] * roots[s];
        const i = points[s * order + k];
        for (let a = 0; a < r; a++) {
          const v = weight * left[s * r + a];
          const at = (a * n + i) * next;
          for (let b = 0; b < next; b++) out[at + b] += v * right[s * next + b];
        }
      }
    });
    return value + penalised(x, gradient, ridge);
  };
}

function halfSquares(values: Float64Array): number {
  const sum = new Float64Array(1);
  gemm(1, 1, values.length, values, 0, 0, 1, values, 0, 1, 0, sum, 0, 1, false);
  return sum[0] / 2;
}

/** ½·ridge·‖x‖², its gradient added to what is there. */
function penalised(x: Float64Array, gradient: Float64Array, ridge: number): number {
  if (ridge === 0) return 0;
  for (let q = 0; q < x.length; q++) gradient[q] += ridge * x[q];
  return ridge * halfSquares(x);
}
