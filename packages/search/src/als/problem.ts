import { eigh, gemm } from '@neuronseek/tensor/kernels';
import type { Likelihood } from './likelihood.js';
import type { Memory } from './memory.js';

/** What a fit works on: columns of the inputs, scaled, and how likely fitted values make the target, for each output. */
export interface Problem {
  readonly memory: Memory;
  readonly rows: number;
  readonly inputs: number;
  readonly maxOrder: number;
  /** x_d in row i at [d·rows + i], of mean square 1. It is not centred: forms have no offset. */
  readonly x: Float64Array;
  /** What the columns were divided by. */
  readonly scales: Float64Array;
  /** Of x_d^k at [(k − 1)·inputs + d]. */
  readonly powerMeans: Float64Array;
  readonly powerDeviations: Float64Array;
  readonly likelihoods: readonly Likelihood[];
  /** How much more than independent rows do these gain in noise: 1, and 2 where they were drawn with replacement. */
  readonly repetition: number;
}

/** Rows that are worked on at a time, so that a block of the design stays in the cache. */
export function blockRows(problem: Pick<Problem, 'rows'>, parameters: number): number {
  const fitting = Math.floor(131072 / (parameters + 1) / 64) * 64;
  return Math.min(problem.rows, Math.max(256, Math.min(2048, fitting)));
}

/** Columns divided by their root mean square, with moments of their powers; `at(i, d)` are the numbers. */
export function createProblem(
  memory: Memory,
  rows: number,
  inputs: number,
  maxOrder: number,
  at: (row: number, input: number) => number,
  likelihoods: readonly Likelihood[],
  repetition: number,
): Problem {
  const x = memory.float64(rows * inputs);
  const scales = new Float64Array(inputs);
  const powerMeans = new Float64Array(inputs * maxOrder);
  const powerDeviations = new Float64Array(inputs * maxOrder);
  for (let d = 0; d < inputs; d++) {
    const column = x.subarray(d * rows, (d + 1) * rows);
    let largest = 0;
    for (let i = 0; i < rows; i++) {
      column[i] = at(i, d);
      largest = Math.max(largest, Math.abs(column[i]));
    }
    scales[d] = divideByRms(column, largest);
    for (let k = 1; k <= maxOrder; k++) {
      const { mean, deviation } = powerMoments(column, k);
      powerMeans[(k - 1) * inputs + d] = mean;
      powerDeviations[(k - 1) * inputs + d] = deviation;
    }
  }
  return { memory, rows, inputs, maxOrder, x, scales, powerMeans, powerDeviations, likelihoods, repetition };
}

/** The number that the column was divided by; 1 for zeros. Dividing by the largest first keeps squares in range. */
function divideByRms(column: Float64Array, largest: number): number {
  if (largest === 0) return 1;
  let squares = 0;
  for (let i = 0; i < column.length; i++) squares += (column[i] / largest) ** 2;
  const scale = largest * Math.sqrt(squares / column.length);
  for (let i = 0; i < column.length; i++) column[i] /= scale;
  return scale;
}

function powerMoments(column: Float64Array, order: number): { mean: number; deviation: number } {
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += integerPower(column[i], order);
  const mean = sum / column.length;
  let squares = 0;
  for (let i = 0; i < column.length; i++) squares += (integerPower(column[i], order) - mean) ** 2;
  const deviation = Math.sqrt(squares / column.length);
  // A power that does not vary carries nothing but the constant: its column is zeros whatever it is divided by.
  return { mean, deviation: deviation > 1e-12 * Math.abs(mean) ? deviation : 1e300 };
}

/** v^order by multiplications, the same bits everywhere. */
export function integerPower(v: number, order: number): number {
  let power = v;
  for (let k = 1; k < order; k++) power *= v;
  return power;
}

/** The rows of a problem that are named, with the scaling of all of them. */
export function selectRows(
  problem: Problem,
  memory: Memory,
  rows: Int32Array,
  likelihoods: readonly Likelihood[],
): Problem {
  const { inputs } = problem;
  const x = memory.float64(rows.length * inputs);
  for (let d = 0; d < inputs; d++) {
    for (let i = 0; i < rows.length; i++) x[d * rows.length + i] = problem.x[d * problem.rows + rows[i]];
  }
  return { ...problem, memory, rows: rows.length, x, likelihoods };
}

/** Columns z = W·(x − mean) of unit covariance, and W, which maps directions of z to forms in x. */
export interface Whitened {
  readonly z: Float64Array;
  /** Symmetric, row-major. */
  readonly map: Float64Array;
}

/** Eigenvalues of the covariance below this share of the largest count as this: nearly equal columns are not told apart. */
const SMALLEST_EIGENVALUE = 1e-8;

/** Whitens the inputs. Cost: 2·n·D² + 9·D³ flops. */
export function whiten({ memory, rows, inputs, x, powerMeans }: Problem): Whitened {
  const centred = memory.float64(rows * inputs);
  const z = memory.float64(rows * inputs);
  for (let d = 0; d < inputs; d++) {
    for (let i = 0; i < rows; i++) centred[d * rows + i] = x[d * rows + i] - powerMeans[d];
  }
  const covariance = new Float64Array(inputs * inputs);
  gemm(inputs, inputs, rows, centred, 0, rows, 1, centred, 0, 1, rows, covariance, 0, inputs, false);
  for (let i = 0; i < covariance.length; i++) covariance[i] /= rows;
  const values = new Float64Array(inputs);
  const vectors = new Float64Array(inputs * inputs);
  eigh(inputs, covariance, 0, values, 0, vectors, 0);
  const floor = SMALLEST_EIGENVALUE * values[inputs - 1] || 1;
  const map = new Float64Array(inputs * inputs);
  for (let l = 0; l < inputs; l++) {
    const root = 1 / Math.sqrt(Math.max(values[l], floor));
    for (let i = 0; i < inputs; i++) {
      for (let j = 0; j < inputs; j++) map[i * inputs + j] += root * vectors[i * inputs + l] * vectors[j * inputs + l];
    }
  }
  gemm(inputs, rows, inputs, map, 0, inputs, 1, centred, 0, rows, 1, z, 0, rows, false);
  return { z, map };
}
