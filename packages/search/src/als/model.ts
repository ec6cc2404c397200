import { gemm } from '@neuronseek/tensor/kernels';
import { pow } from '@neuronseek/tensor/math';
import { blockRows, integerPower, type Problem } from './problem.js';

/** One product of linear forms, Π_m ⟨forms[m], x⟩. */
export interface Atom {
  readonly order: number;
  /** [order, D], row-major. */
  readonly forms: Float64Array;
}

/** What one output is made of: bias + Σ_k ⟨w_k, standardised x^k⟩ + Σ atoms. */
export interface Parameters {
  readonly bias: number;
  /** Ascending. */
  readonly powers: readonly number[];
  /** [powers, D], of powers that are centred and scaled to variance 1. */
  readonly weights: Float64Array;
  readonly atoms: readonly Atom[];
}

/** Number of parameters of an output, scalings within a product not counted: k factors have k − 1 of them. */
export function countParameters(inputs: number, powers: number, orders: readonly number[]): number {
  return orders.reduce((sum, order) => sum + atomParameters(inputs, order), 1 + powers * inputs);
}

/** Free parameters of a product of `order` forms. */
export function atomParameters(inputs: number, order: number): number {
  return order * inputs - order + 1;
}

/** Numbers in a step of Levenberg and Marquardt: each form counts in full. */
export function stepLength(inputs: number, { powers, atoms }: Parameters): number {
  return 1 + powers.length * inputs + atoms.reduce((sum, { order }) => sum + order * inputs, 0);
}

/** Fitted values of every row into `fitted`. Cost: 2·n·D·(powers + Σ orders) flops. */
export function fittedValues(problem: Problem, parameters: Parameters, fitted: Float64Array): void {
  const { rows, inputs, x } = problem;
  const { bias, powers, weights, atoms } = parameters;
  const forms = atoms.reduce((sum, { order }) => sum + order, 0);
  const block = blockRows(problem, forms);
  const stacked = stackForms(atoms, inputs);
  const values = problem.memory.scratch('forms', forms * block);
  const { coefficients, constant } = plainPowers(problem, powers, weights);
  for (let start = 0; start < rows; start += block) {
    const count = Math.min(block, rows - start);
    const out = fitted.subarray(start, start + count);
    out.fill(bias - constant);
    addPowers(out, x, start, rows, inputs, powers, coefficients);
    if (forms === 0) continue;
    gemm(forms, count, inputs, stacked, 0, inputs, 1, x, start, rows, 1, values, 0, count, false);
    let at = 0;
    for (const { order } of atoms) {
      addProduct(out, values, at, order);
      at += order * count;
    }
  }
}

/** All forms of all atoms, one below the other. */
export function stackForms(atoms: readonly Atom[], inputs: number): Float64Array {
  const stacked = new Float64Array(atoms.reduce((sum, { order }) => sum + order * inputs, 0));
  let at = 0;
  for (const { forms } of atoms) {
    stacked.set(forms, at);
    at += forms.length;
  }
  return stacked;
}

/** Weights of the powers themselves, and the constant that centring them takes away. */
export function plainPowers(
  { inputs, powerMeans, powerDeviations }: Problem,
  powers: readonly number[],
  weights: Float64Array,
): { coefficients: Float64Array; constant: number } {
  const coefficients = new Float64Array(weights.length);
  let constant = 0;
  powers.forEach((order, p) => {
    for (let d = 0; d < inputs; d++) {
      const column = (order - 1) * inputs + d;
      coefficients[p * inputs + d] = weights[p * inputs + d] / powerDeviations[column];
      constant += coefficients[p * inputs + d] * powerMeans[column];
    }
  });
  return { coefficients, constant };
}

function addPowers(
  out: Float64Array,
  x: Float64Array,
  start: number,
  rows: number,
  inputs: number,
  powers: readonly number[],
  coefficients: Float64Array,
): void {
  powers.forEach((order, p) => {
    for (let d = 0; d < inputs; d++) {
      const c = coefficients[p * inputs + d];
      const from = d * rows + start;
      for (let i = 0; i < out.length; i++) out[i] += c * integerPower(x[from + i], order);
    }
  });
}

/** out += the product of `order` rows of values, the first at `at`. */
function addProduct(out: Float64Array, values: Float64Array, at: number, order: number): void {
  const count = out.length;
  for (let i = 0; i < count; i++) {
    let product = values[at + i];
    for (let m = 1; m < order; m++) product *= values[at + m * count + i];
    out[i] += product;
  }
}

/** The same products with forms of equal length in each, which keeps the steps of a joint fit of one scale. */
export function balance({ order, forms }: Atom): Atom {
  const inputs = forms.length / order;
  const norms = new Float64Array(order);
  let product = 1;
  for (let m = 0; m < order; m++) {
    let squares = 0;
    for (let d = 0; d < inputs; d++) squares += forms[m * inputs + d] ** 2;
    norms[m] = Math.sqrt(squares);
    product *= norms[m];
  }
  const common = pow(product, 1 / order);
  if (!(common > 0 && common < Number.POSITIVE_INFINITY)) return { order, forms };
  return { order, forms: forms.map((v, i) => (v * common) / norms[Math.floor(i / inputs)]) };
}
