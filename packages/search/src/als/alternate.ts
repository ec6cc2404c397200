import { gemm, mulKernel } from '@neuronseek/tensor/kernels';
import { productOfOthers, solveDamped } from './normal-equations.js';
import { blockRows, type Problem } from './problem.js';

/** A target for one product, multiplied by the roots of the rows' weights where there are any. */
export interface Target {
  readonly values: Float64Array;
  readonly roots: Float64Array | undefined;
}

/** Inputs of the products, which may be fewer than those of the problem: directions that span the forms. */
export interface Basis {
  readonly size: number;
  /** [size, rows] */
  readonly columns: Float64Array;
}

/** Ridge relative to the diagonal: regresses on forms that may be nearly collinear. */
const RIDGE = 1e-9;

/**
 * Alternating least squares for one product of `order` forms and a constant: each form in turn is the linear regression of the target on the basis
 * times the product of the others. `forms` [order, size] is improved in place; returns the weighted sum of squares that is left.
 *
 * Stops when a sweep lowers it by less than `tolerance` of it. Cost: order·n·(size + 2)² flops a sweep.
 */
export function alternate(
  problem: Problem,
  target: Target,
  basis: Basis,
  order: number,
  forms: Float64Array,
  sweeps: number,
  tolerance = 1e-4,
): number {
  const { rows, memory } = problem;
  const { size, columns } = basis;
  const { values: t, roots } = target;
  const values = memory.scratch('values', order * rows);
  gemm(order, rows, size, forms, 0, size, 1, columns, 0, rows, 1, values, 0, rows, false);
  const width = size + 2;
  const block = Math.min(rows, blockRows(problem, width));
  const design = memory.scratch('design', width * block);
  const gram = memory.scratch('gram', width * width);
  const others = memory.scratch('others', rows);
  const work = memory.scratch('factor', (size + 1) * (size + 1));
  const matrix = memory.scratch('normal', (size + 1) * (size + 1));
  const right = new Float64Array(size + 1);
  const one: readonly number[] = [1];
  let views = rowsOf(design, size, block);
  let total = 0;
  for (let i = 0; i < rows; i++) total += t[i] * t[i];
  let [previous, squares] = [total, total];
  let last = sweeps - 1;
  for (let sweep = 0; sweep <= last; sweep++) {
    for (let m = 0; m < order; m++) {
      productOfOthers(others, values, 0, order, m, rows);
      if (roots !== undefined) for (let i = 0; i < rows; i++) others[i] *= roots[i];
      for (let start = 0; start < rows; start += block) {
        const count = Math.min(block, rows - start);
        const shape = [count];
        if (views[0].length !== count) views = rowsOf(design, size, count);
        for (let j = 0; j < size; j++) mulKernel(views[j], others, start, one, columns, j * rows + start, one, shape);
        if (roots === undefined) design.fill(1, size * count, (size + 1) * count);
        else design.set(roots.subarray(start, start + count), size * count);
        design.set(t.subarray(start, start + count), (size + 1) * count);
        gemm(width, width, count, design, 0, count, 1, design, 0, 1, count, gram, 0, width, start > 0);
      }
      for (let i = 0; i <= size; i++) {
        for (let j = 0; j <= size; j++) matrix[i * (size + 1) + j] = gram[i * width + j];
        right[i] = gram[(size + 1) * width + i];
      }
      const solution = solveDamped(size + 1, matrix, right, RIDGE, work);
      squares = total;
      for (let i = 0; i <= size; i++) squares -= right[i] * solution[i];
      const isLast = sweep === last && m === order - 1;
      setForm(forms, m, size, solution, isLast);
      gemm(1, rows, size, forms, m * size, size, 1, columns, 0, rows, 1, values, m * rows, rows, false);
    }
    // One more sweep after the one that gained little.
    if (previous - squares < tolerance * previous && sweep < last) last = sweep + 1;
    previous = squares;
  }
  return Math.max(squares, 0);
}

function rowsOf(design: Float64Array, size: number, count: number): Float64Array[] {
  return Array.from({ length: size }, (_, j) => design.subarray(j * count, (j + 1) * count));
}

/** Every form has length 1 but the one solved last, which carries the scale of the product. */
function setForm(forms: Float64Array, m: number, size: number, solution: Float64Array, keepScale: boolean): void {
  let squares = 0;
  for (let j = 0; j < size; j++) squares += solution[j] * solution[j];
  const scale = keepScale ? 1 : 1 / (Math.sqrt(squares) || 1);
  for (let j = 0; j < size; j++) forms[m * size + j] = solution[j] * scale;
}
