import { gemm } from '@neuronseek/tensor/kernels';
import { fold, type Key, normal } from '@neuronseek/tensor/random';
import { alternate, type Basis, type Target } from './alternate.js';
import type { Atom } from './model.js';
import type { Problem } from './problem.js';
import type { Spectra, Spectrum } from './spectra.js';

/** A product that fits a target, and the sum of squares it leaves. */
export interface Proposal {
  readonly atom: Atom;
  readonly squares: number;
}

/** How much work a proposal is worth. */
export interface Effort {
  /** Random starts of products of order 2, 3, 4, 5 and more. */
  readonly starts: (order: number) => number;
  /** Starts that are improved until they stand still. */
  readonly kept: number;
  /** Of these, how many are carried over to all inputs where they were found in fewer directions. */
  readonly lifted: number;
}

/** More inputs than this are reduced to the directions that moments single out. */
const FULL_BASIS = 12;

/**
 * The best product of `order` forms for a target: closed-form starts from the extreme eigenpairs for order 2, random ones for all; a few sweeps of
 * alternating least squares for each, more for the best, in the span of leading directions where there are many inputs, and in the end in all
 * inputs.
 */
export function propose(
  problem: Problem,
  target: Target,
  order: number,
  found: Spectra,
  effort: Effort,
  key: Key,
): Proposal {
  const { inputs } = problem;
  const directions = inputs <= FULL_BASIS ? undefined : leading(found, order, inputs);
  const basis = directions === undefined ? { size: inputs, columns: problem.x } : spanned(problem, directions);
  const starts = [...closedForms(found, order, basis.size, directions), ...drawn(order, basis.size, effort, key)];
  const best = improved(problem, target, basis, order, starts, effort);
  const finished =
    directions === undefined
      ? best
      : best.slice(0, effort.lifted).map(({ forms }) => lift(problem, target, order, forms, directions));
  const [winner] = finished.sort((a, b) => a.squares - b.squares);
  return { atom: { order, forms: winner.forms }, squares: winner.squares };
}

/** The best product of `order` forms for a target from the starts given, whose scale does not matter. */
export function proposeFrom(
  problem: Problem,
  target: Target,
  order: number,
  given: readonly Float64Array[],
  effort: Effort,
): Proposal {
  const { inputs, x, scales } = problem;
  const starts = given.map((forms) => forms.map((v, i) => v * scales[i % inputs]));
  const [{ forms, squares }] = improved(problem, target, { size: inputs, columns: x }, order, starts, effort);
  return { atom: { order, forms }, squares };
}

/** The best of the starts after a few sweeps for each and more for those, the best first. */
function improved(
  problem: Problem,
  target: Target,
  basis: Basis,
  order: number,
  starts: readonly Float64Array[],
  { kept }: Effort,
): { forms: Float64Array; squares: number }[] {
  const best = starts
    .map((forms) => ({ forms, squares: alternate(problem, target, basis, order, forms, 4) }))
    .sort((a, b) => a.squares - b.squares)
    .slice(0, kept);
  for (const candidate of best) candidate.squares = alternate(problem, target, basis, order, candidate.forms, 25);
  return best.sort((a, b) => a.squares - b.squares);
}

/** Orthonormal directions in which the forms of a product of this order are likely to lie. */
function leading({ raw, clipped, logarithm, magnitude }: Spectra, order: number, inputs: number): Float64Array[] {
  const first = ({ directions }: Spectrum, count: number): readonly Float64Array[] => directions.slice(0, count);
  const last = ({ directions }: Spectrum, count: number): readonly Float64Array[] => directions.slice(-count);
  const wanted =
    order === 2
      ? [
          ...first(raw, 2),
          ...last(raw, 2),
          ...first(clipped, 2),
          ...last(clipped, 2),
          ...first(logarithm, 2),
          ...first(magnitude, 2),
        ]
      : [...first(logarithm, order + 3), ...first(magnitude, order + 3), ...first(clipped, 1), ...last(clipped, 1)];
  const basis: Float64Array[] = [];
  for (const direction of wanted) {
    if (basis.length === inputs) break;
    const rest = unit(direction);
    // Twice: once leaves what rounding makes of nearly dependent directions.
    for (let pass = 0; pass < 2; pass++) for (const b of basis) subtract(rest, b, dot(rest, b));
    const length = Math.sqrt(dot(rest, rest));
    if (length > 0.05) basis.push(rest.map((v) => v / length));
  }
  return basis;
}

function spanned({ rows, inputs, x, memory }: Problem, directions: readonly Float64Array[]): Basis {
  const size = directions.length;
  const stacked = Float64Array.from(directions.flatMap((v) => [...v]));
  const columns = memory.scratch('basis', size * rows);
  gemm(size, rows, inputs, stacked, 0, inputs, 1, x, 0, rows, 1, columns, 0, rows, false);
  return { size, columns };
}

/**
 * A product of two forms is a quadratic form with one positive and one negative eigenvalue, λ₁ and λ₂:
 * u, v = √λ₁·e₁ ± √−λ₂·e₂.
 */
function closedForms(
  { raw, clipped }: Spectra,
  order: number,
  size: number,
  directions: readonly Float64Array[] | undefined,
): Float64Array[] {
  if (order !== 2) return [];
  return [raw, clipped].map(({ values, directions: eigenvectors }) => {
    const n = values.length;
    const plus = Math.sqrt(Math.max(values[0], 1e-3));
    const minus = Math.sqrt(Math.max(-values[n - 1], 1e-3));
    const [a, b] = [coordinates(eigenvectors[0], directions), coordinates(eigenvectors[n - 1], directions)];
    const forms = new Float64Array(2 * size);
    for (let j = 0; j < size; j++) {
      forms[j] = plus * a[j] + minus * b[j];
      forms[size + j] = plus * a[j] - minus * b[j];
    }
    return forms;
  });
}

function coordinates(form: Float64Array, directions: readonly Float64Array[] | undefined): Float64Array {
  return directions === undefined ? form : Float64Array.from(directions, (v) => dot(v, form));
}

function drawn(order: number, size: number, { starts }: Effort, key: Key): Float64Array[] {
  const count = starts(order);
  const numbers = normal(fold(key, order), count * order * size);
  return Array.from({ length: count }, (_, s) => numbers.slice(s * order * size, (s + 1) * order * size));
}

/** A product in the span of some directions as one in all inputs, improved there. */
function lift(
  problem: Problem,
  target: Target,
  order: number,
  forms: Float64Array,
  directions: readonly Float64Array[],
): { forms: Float64Array; squares: number } {
  const { inputs, x } = problem;
  const size = directions.length;
  const lifted = new Float64Array(order * inputs);
  for (let m = 0; m < order; m++) {
    directions.forEach((v, l) => {
      const c = forms[m * size + l];
      for (let d = 0; d < inputs; d++) lifted[m * inputs + d] += c * v[d];
    });
  }
  const squares = alternate(problem, target, { size: inputs, columns: x }, order, lifted, 12, 1e-3);
  return { forms: lifted, squares };
}

function unit(v: Float64Array): Float64Array {
  const length = Math.sqrt(dot(v, v)) || 1;
  return v.map((a) => a / length);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function subtract(a: Float64Array, b: Float64Array, c: number): void {
  for (let i = 0; i < a.length; i++) a[i] -= c * b[i];
}
