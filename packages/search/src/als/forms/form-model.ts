import { gemm, mulKernel } from '@neuronseek/tensor/kernels';
import { fittedValues, type Parameters } from '../model.js';
import { fillDesign, type NormalEquations, weigh } from '../normal-equations.js';
import { blockRows, type Problem } from '../problem.js';
import { fittedCore, type Term, termLength } from './term.js';
import { addTerm } from './term-values.js';

/** What one output is made of where interactions are not stored as products: bias + powers + terms. */
export interface FormParameters {
  readonly bias: number;
  readonly powers: readonly number[];
  /** [powers, D], of powers that are centred and scaled to variance 1. */
  readonly weights: Float64Array;
  /** One for each order. */
  readonly terms: readonly Term[];
}

/** The bias and the powers alone. */
export function powerPart({ bias, powers, weights }: FormParameters): Parameters {
  return { bias, powers, weights, atoms: [] };
}

/** Numbers in a step of Levenberg and Marquardt. */
export function formLength(inputs: number, { powers, terms }: FormParameters): number {
  return 1 + powers.length * inputs + terms.reduce((sum, term) => sum + termLength(term), 0);
}

/** Fitted values of every row into `fitted`. */
export function formValues(problem: Problem, parameters: FormParameters, fitted: Float64Array): void {
  fittedValues(problem, powerPart(parameters), fitted);
  for (const term of parameters.terms) {
    eachBlock(problem, term, blockRows(problem, term.forms.length / problem.inputs), (z, start, rows) => {
      addTerm(term, { z, rows, values: fitted.subarray(start, start + rows), derivatives: undefined });
    });
  }
}

function eachBlock(
  { rows, inputs, x, memory }: Problem,
  { forms }: Term,
  block: number,
  visit: (z: Float64Array, start: number, count: number) => void,
): void {
  const slots = forms.length / inputs;
  const z = memory.scratch('forms', slots * block);
  for (let start = 0; start < rows; start += block) {
    const count = Math.min(block, rows - start);
    gemm(slots, count, inputs, forms, 0, inputs, 1, x, start, rows, 1, z, 0, count, false);
    visit(z, start, count);
  }
}

/**
 * The normal equations of a step of Gauss and Newton: as those of products, see `normalEquations`, with the core of every term and then its forms.
 * What scales or turns factors against each other changes nothing, so that the matrix is singular and the damping decides. Cost: n·p² flops.
 */
export function formEquations(
  problem: Problem,
  parameters: FormParameters,
  residual: Float64Array,
  weights: Float64Array | undefined,
): NormalEquations {
  const { rows, inputs, x, memory } = problem;
  const size = formLength(inputs, parameters);
  const block = blockRows(problem, size);
  const design = memory.scratch('design', (size + 1) * block);
  const gram = memory.scratch('gram', (size + 1) * (size + 1));
  const first = 1 + parameters.weights.length;
  const ignored = new Float64Array(block);
  for (let start = 0; start < rows; start += block) {
    const count = Math.min(block, rows - start);
    fillDesign(problem, powerPart(parameters), NOTHING, design, start, count);
    let at = first * count;
    for (const term of parameters.terms) {
      const slots = term.forms.length / inputs;
      const z = memory.scratch('forms', slots * count);
      gemm(slots, count, inputs, term.forms, 0, inputs, 1, x, start, rows, 1, z, 0, count, false);
      const ofSlots = memory.scratch('slots', slots * count);
      const core = design.subarray(at, at + fittedCore(term) * count);
      addTerm(term, { z, rows: count, values: ignored.subarray(0, count), derivatives: { slots: ofSlots, core } });
      at += core.length;
      for (let s = 0; s < slots; s++) {
        for (let d = 0; d < inputs; d++, at += count) {
          mulKernel(design.subarray(at, at + count), ofSlots, s * count, ONE, x, d * rows + start, ONE, [count]);
        }
      }
    }
    design.set(residual.subarray(start, start + count), size * count);
    if (weights !== undefined) weigh(design, size, count, weights.subarray(start, start + count));
    gemm(size + 1, size + 1, count, design, 0, count, 1, design, 0, 1, count, gram, 0, size + 1, start > 0);
  }
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) matrix.set(gram.subarray(i * (size + 1), i * (size + 1) + size), i * size);
  return { size, matrix, right: gram.slice(size * (size + 1), size * (size + 1) + size) };
}

/** Strides of contiguous rows. */
const ONE: readonly number[] = [1];
const NOTHING = /* @__PURE__ */ new Float64Array(0);
