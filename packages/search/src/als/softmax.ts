import { gemm } from '@neuronseek/tensor/kernels';
import { exp, log } from '@neuronseek/tensor/math';
import { type Parameters, stackForms, stepLength } from './model.js';
import { fillDesign, type NormalEquations } from './normal-equations.js';
import { blockRows, type Problem } from './problem.js';

/** −2·ln of the likelihood of shares [class][row] under the softmax of `values` [class][row], which become the probabilities. */
export function softmaxDeviance(shares: readonly Float64Array[], values: readonly Float64Array[]): number {
  const rows = values[0].length;
  const classes = values.length;
  let deviance = 0;
  for (let i = 0; i < rows; i++) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) if (values[c][i] > largest) largest = values[c][i];
    let sum = 0;
    let linear = 0;
    for (let c = 0; c < classes; c++) {
      linear += shares[c][i] * (values[c][i] - largest);
      values[c][i] = exp(values[c][i] - largest);
      sum += values[c][i];
    }
    deviance += log(sum) - linear;
    for (let c = 0; c < classes; c++) values[c][i] /= sum;
  }
  return 2 * deviance;
}

/**
 * The normal equations of a step of Newton, with the expected Hessian Σᵢ Jᵢᵀ·(diag(pᵢ) − pᵢpᵢᵀ)·Jᵢ of a softmax, over the parameters of all classes
 * one after the other.
 *
 * A block of rows needs one product for each class, weighted by its probability, and one for all of them together. Cost: n·(C·p)² + n·C·p² flops.
 */
export function softmaxEquations(
  problem: Problem,
  classes: readonly Parameters[],
  shares: readonly Float64Array[],
  probabilities: readonly Float64Array[],
): NormalEquations {
  const { rows, inputs, x, memory } = problem;
  const sizes = classes.map((parameters) => stepLength(inputs, parameters));
  const size = sizes.reduce((sum, s) => sum + s, 0);
  const block = blockRows(problem, 2 * size);
  const design = memory.scratch('design', size * block);
  const weighted = memory.scratch('weighted', size * block);
  const gram = memory.scratch('gram', size * size);
  const own = memory.scratch('own', size * size);
  const right = new Float64Array(size);
  const error = new Float64Array(block);
  const stacked = classes.map(({ atoms }) => stackForms(atoms, inputs));
  const most = Math.max(...stacked.map(({ length }) => length / inputs));
  const forms = memory.scratch('forms', most * block);
  for (let start = 0; start < rows; start += block) {
    const count = Math.min(block, rows - start);
    let at = 0;
    let ownAt = 0;
    classes.forEach((parameters, c) => {
      const length = stacked[c].length / inputs;
      if (length > 0) gemm(length, count, inputs, stacked[c], 0, inputs, 1, x, start, rows, 1, forms, 0, count, false);
      const rowsOf = design.subarray(at * count, (at + sizes[c]) * count);
      fillDesign(problem, parameters, forms, rowsOf, start, count);
      const p = probabilities[c].subarray(start, start + count);
      for (let i = 0; i < count; i++) error[i] = shares[c][start + i] - p[i];
      for (let r = 0; r < sizes[c]; r++) {
        let sum = 0;
        for (let i = 0; i < count; i++) {
          sum += rowsOf[r * count + i] * error[i];
          weighted[(at + r) * count + i] = p[i] * rowsOf[r * count + i];
        }
        right[at + r] += sum;
      }
      const [s, from] = [sizes[c], at * count];
      gemm(s, s, count, weighted, from, count, 1, design, from, 1, count, own, ownAt, s, start > 0);
      at += s;
      ownAt += s * s;
    });
    gemm(size, size, count, weighted, 0, count, 1, weighted, 0, 1, count, gram, 0, size, start > 0);
  }
  return { size, matrix: assembled(sizes, size, gram, own), right };
}

/** The blocks of the classes on the diagonal, less the products across them. */
function assembled(sizes: readonly number[], size: number, gram: Float64Array, own: Float64Array): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < matrix.length; i++) matrix[i] = -gram[i];
  let at = 0;
  let ownAt = 0;
  for (const s of sizes) {
    for (let i = 0; i < s; i++) {
      for (let j = 0; j < s; j++) matrix[(at + i) * size + at + j] += own[ownAt + i * s + j];
    }
    at += s;
    ownAt += s * s;
  }
  return matrix;
}
