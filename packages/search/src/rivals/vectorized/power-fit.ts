import { tensor } from '@neuronseek/tensor';
import { lstsq, qr } from '@neuronseek/tensor/linalg';
import { log } from '@neuronseek/tensor/math';
import { roundingFloor } from '../programs/description-length.js';
import type { Rows } from '../programs/rows.js';

/** y ≈ intercept + Σ coefficients[i]·Σ_d x_d^powers[i], fitted by least squares. */
export interface PowerFit {
  readonly powers: readonly number[];
  readonly coefficients: readonly number[];
  readonly intercept: number;
  /** Mean squared error on the rows it was fitted to. */
  readonly error: number;
  /** n ln(share of the variance left) + (ln n + 2 ln K) for every power: the extended BIC (Chen, Chen 2008). */
  readonly criterion: number;
}

/**
 * Fits of sets of powers of the vector. The rows are read once, for the triangle of a QR decomposition of all power sums with the target; every fit
 * then solves a least-squares problem of K + 2 rows, and is remembered. Powers whose sums overflow are refused.
 *
 * Cost: rows · (D·K + 4 K²), then K³ a set of powers.
 */
export function powerFits(rows: Rows, maxOrder: number): (powers: readonly number[]) => PowerFit | undefined {
  const { count } = rows;
  const width = maxOrder + 2;
  const { columns, scales } = powerSums(rows, maxOrder);
  const { r } = qr(tensor(columns, [count, width]));
  const height = r.shape[0];
  const triangle = Float64Array.from(r.toTypedArray(), Number);
  const known = new Map<string, PowerFit>();
  const left = (used: readonly number[]): { solution: readonly number[]; sse: number } => {
    const matrix = new Float64Array(height * used.length);
    const right = new Float64Array(height);
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < used.length; j++) matrix[i * used.length + j] = triangle[i * width + used[j]];
      right[i] = triangle[i * width + width - 1];
    }
    const solution = Array.from(
      lstsq(tensor(matrix, [height, used.length]), tensor(right, [height])).solution.toTypedArray(),
      Number,
    );
    let sse = 0;
    for (let i = 0; i < height; i++) {
      let e = right[i];
      for (let j = 0; j < used.length; j++) e -= matrix[i * used.length + j] * solution[j];
      sse += e * e;
    }
    return { solution, sse };
  };
  const total = left([0]).sse;
  return (powers) => {
    const name = powers.join();
    const before = known.get(name);
    if (before) return before;
    if (powers.some((k) => !Number.isFinite(scales[k])) || powers.length + 1 > count) return undefined;
    const { solution, sse } = left([0, ...powers]);
    const unit = scales[width - 1];
    const fit = {
      powers,
      coefficients: powers.map((k, i) => (solution[i + 1] * unit) / scales[k]),
      intercept: solution[0] * unit,
      error: (sse / count) * unit * unit,
      criterion: count * log(sse / total + roundingFloor) + powers.length * (log(count) + 2 * log(maxOrder)),
    };
    known.set(name, fit);
    return fit;
  };
}

/** Columns 1, Σ_d x_d, …, Σ_d x_d^K, y, each over its largest element; the scale of one that overflows is Infinity, and the column 0. */
function powerSums({ count, columns, y }: Rows, maxOrder: number): { columns: Float64Array; scales: Float64Array } {
  const width = maxOrder + 2;
  const inputs = columns.length / count;
  const out = new Float64Array(count * width);
  for (let row = 0; row < count; row++) {
    out[row * width] = 1;
    for (let d = 0; d < inputs; d++) {
      const v = columns[d * count + row];
      let power = 1;
      for (let k = 1; k <= maxOrder; k++) {
        power *= v;
        out[row * width + k] += power;
      }
    }
    out[row * width + width - 1] = y[row];
  }
  const scales = new Float64Array(width);
  for (let k = 0; k < width; k++) {
    for (let row = 0; row < count; row++) {
      const size = Math.abs(out[row * width + k]);
      scales[k] = size <= scales[k] ? scales[k] : size;
    }
    if (Number.isNaN(scales[k])) scales[k] = Number.POSITIVE_INFINITY;
    const divisor = scales[k] || 1;
    if (scales[k] === 0) scales[k] = 1;
    for (let row = 0; row < count; row++) {
      const v = out[row * width + k] / divisor;
      out[row * width + k] = Number.isFinite(v) && Number.isFinite(divisor) ? v : 0;
    }
  }
  return { columns: out, scales };
}
