import { cholesky, gemm, mulKernel, triangularSolve } from '@neuronseek/tensor/kernels';
import { type Parameters, stackForms, stepLength } from './model.js';
import { blockRows, integerPower, type Problem } from './problem.js';

/** JᵀWJ (row-major, both triangles) and Jᵀ·residual of the fitted values with respect to all parameters. */
export interface NormalEquations {
  readonly size: number;
  readonly matrix: Float64Array;
  readonly right: Float64Array;
}

/**
 * The normal equations of a step of Gauss and Newton, blocks of rows at a time. Parameters: the bias, the weights of the powers, the forms of all
 * atoms. The design of a block is laid out with a row for each parameter and the residual behind them, so that one product gives both.
 *
 * Cost: n·p² flops.
 */
export function normalEquations(
  problem: Problem,
  parameters: Parameters,
  residual: Float64Array,
  weights: Float64Array | undefined,
): NormalEquations {
  const { rows, inputs, x, memory } = problem;
  const { atoms } = parameters;
  const size = stepLength(inputs, parameters);
  const block = blockRows(problem, size);
  const design = memory.scratch('design', (size + 1) * block);
  const gram = memory.scratch('gram', (size + 1) * (size + 1));
  const forms = atoms.reduce((sum, { order }) => sum + order, 0);
  const stacked = stackForms(atoms, inputs);
  const values = memory.scratch('forms', forms * block);
  for (let start = 0; start < rows; start += block) {
    const count = Math.min(block, rows - start);
    if (forms > 0) gemm(forms, count, inputs, stacked, 0, inputs, 1, x, start, rows, 1, values, 0, count, false);
    fillDesign(problem, parameters, values, design, start, count);
    design.set(residual.subarray(start, start + count), size * count);
    if (weights !== undefined) weigh(design, size, count, weights.subarray(start, start + count));
    gemm(size + 1, size + 1, count, design, 0, count, 1, design, 0, 1, count, gram, 0, size + 1, start > 0);
  }
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) matrix.set(gram.subarray(i * (size + 1), i * (size + 1) + size), i * size);
  return { size, matrix, right: gram.slice(size * (size + 1), size * (size + 1) + size) };
}

/** One row for each parameter of an output, the bias first: the derivatives of the fitted values of rows start … start + count − 1. */
export function fillDesign(
  problem: Problem,
  { powers, atoms }: Parameters,
  values: Float64Array,
  design: Float64Array,
  start: number,
  count: number,
): void {
  const { rows, inputs, x, powerMeans, powerDeviations } = problem;
  design.fill(1, 0, count);
  let at = count;
  for (const order of powers) {
    for (let d = 0; d < inputs; d++, at += count) {
      const column = (order - 1) * inputs + d;
      const [mean, scale] = [powerMeans[column], 1 / powerDeviations[column]];
      const from = d * rows + start;
      for (let i = 0; i < count; i++) design[at + i] = (integerPower(x[from + i], order) - mean) * scale;
    }
  }
  let form = 0;
  const others = problem.memory.scratch('others', count);
  for (const { order } of atoms) {
    for (let m = 0; m < order; m++) {
      productOfOthers(others, values, form, order, m, count);
      for (let d = 0; d < inputs; d++, at += count) {
        mulKernel(design.subarray(at, at + count), others, 0, ONE, x, d * rows + start, ONE, [count]);
      }
    }
    form += order * count;
  }
}

/** Strides of contiguous rows. */
const ONE: readonly number[] = [1];

/** out[i] = the product of all forms of an atom but the m-th. */
export function productOfOthers(
  out: Float64Array,
  values: Float64Array,
  from: number,
  order: number,
  m: number,
  count: number,
): void {
  const first = m === 0 ? 1 : 0;
  for (let i = 0; i < count; i++) out[i] = values[from + first * count + i];
  for (let l = first + 1; l < order; l++) {
    if (l === m) continue;
    const at = from + l * count;
    for (let i = 0; i < count; i++) out[i] *= values[at + i];
  }
}

/** Rows of the design by the roots of the weights, the residual divided by them: the products are then those with weights. */
export function weigh(design: Float64Array, size: number, count: number, weights: Float64Array): void {
  const roots = weights.map(Math.sqrt);
  for (let r = 0; r < size; r++) {
    for (let i = 0; i < count; i++) design[r * count + i] *= roots[i];
  }
  for (let i = 0; i < count; i++) design[size * count + i] /= roots[i];
}

/**
 * Solves (A + ridge·diag(A))·x = b, the ridge raised a hundredfold until the factorisation exists; zeros where it never does. A is left alone.
 * `work` has room for A.
 */
export function solveDamped(
  size: number,
  matrix: Float64Array,
  right: Float64Array,
  ridge: number,
  work: Float64Array,
  floor = 0,
): Float64Array {
  let trace = 0;
  for (let i = 0; i < size; i++) trace += matrix[i * size + i];
  const least = (1e-6 * trace) / size + 1e-300;
  for (let share = ridge; share < 1; share = Math.max(100 * share, 1e-12)) {
    work.set(matrix.subarray(0, size * size));
    for (let i = 0; i < size; i++) work[i * size + i] += share * (matrix[i * size + i] + least) + floor;
    if (cholesky(size, work, 0) >= 0) continue;
    const x = right.slice(0, size);
    triangularSolve(size, 1, work, 0, true, false, false, x, 0);
    triangularSolve(size, 1, work, 0, true, true, false, x, 0);
    return x;
  }
  return new Float64Array(size);
}
