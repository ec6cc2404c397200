import { flatten } from '@neuronseek/tensor';
import { checkNeuron } from './check-neuron.js';
import { checkCount } from './check-structure.js';
import { type Degree, monomialCount, monomialTable } from './monomial-table.js';
import type { Monomial, Polynomial } from './polynomial.js';
import type { Interaction, PolynomialNeuron } from './polynomial-neuron.js';

/** Options of {@link expand}. */
export interface ExpandOptions {
  /** Refuse an output that may have more monomials than this, or more than a hundred times as many exponents. Default: 200000. */
  readonly maxMonomials?: number;
}

/** Defaults of {@link expand}. */
export const expandDefaults: Required<ExpandOptions> = { maxMonomials: 200_000 };

/**
 * The polynomials that a neuron is, one for each output: `evaluate(neuron, x)` is Σ coefficient·Π x_d^exponents[d] up to rounding.
 *
 * An interaction of order k in n inputs (those with a factor other than 0) has at most C(n + k - 1, k) monomials; equal ones are
 * summed as they arise, so D^k products are never formed. Cost for each output and interaction: rank·n·C(n + k - 2, k - 1)
 * multiplications and n·C(n + k - 2, k - 1) integers. Monomials whose coefficient is exactly 0 are left out. Throws a RangeError
 * when there may be more than `maxMonomials`.
 */
export function expand(neuron: PolynomialNeuron, options: ExpandOptions = {}): Polynomial[] {
  const { maxMonomials = expandDefaults.maxMonomials } = options;
  checkCount('expand', 'maxMonomials', maxMonomials);
  checkNeuron('expand', '', neuron);
  const tables = new Map<number, Degree[]>();
  return Array.from({ length: neuron.outputs }, (_, output) => {
    const parts = homogeneousParts(neuron, output);
    refuseTooMany(parts, neuron.inputs, output, maxMonomials);
    const monomials = parts.flatMap((part) => expandPart(part, neuron.inputs, tables));
    const constant = flatten(neuron.bias)[output];
    if (constant !== 0)
      monomials.unshift({ coefficient: constant, exponents: new Array<number>(neuron.inputs).fill(0) });
    return { features: neuron.features, monomials };
  });
}

/** All terms of one total degree, for one output. */
interface Part {
  readonly degree: number;
  /** Coefficient of x_d^degree in the power stream; empty without one. */
  readonly pure: readonly number[];
  /** Inputs that occur in a product. */
  readonly active: readonly number[];
  /** Products of linear forms, products[i][m][d], over the active inputs. */
  readonly products: readonly (readonly Float64Array[])[];
}

function homogeneousParts(neuron: PolynomialNeuron, output: number): Part[] {
  const { inputs, outputs } = neuron;
  const degrees = new Set([...neuron.power, ...neuron.interaction].map((term) => term.order));
  return Array.from(degrees)
    .sort((a, b) => a - b)
    .map((degree) => {
      const power = neuron.power.find((term) => term.order === degree);
      const weights = power && flatten(power.weights);
      const all = neuron.interaction
        .filter((part) => part.order === degree)
        .flatMap((part) => linearForms(part, inputs, outputs, output));
      const active = Array.from({ length: inputs }, (_, d) => d).filter((d) =>
        all.some((forms) => forms.some((u) => u[d] !== 0)),
      );
      return {
        degree,
        pure: weights ? Array.from({ length: inputs }, (_, d) => weights[d * outputs + output]) : [],
        active,
        products: all.map((forms) => forms.map((u) => Float64Array.from(active, (d) => u[d]))),
      };
    });
}

/** The products of linear forms whose sum an interaction is: [component][factor][input]. */
function linearForms(part: Interaction, inputs: number, outputs: number, output: number): Float64Array[][] {
  switch (part.form) {
    case 'cp': {
      const factors = part.factors.map((factor) => flatten(factor));
      return Array.from({ length: part.rank }, (_, r) =>
        factors.map((factor) =>
          Float64Array.from({ length: inputs }, (_, d) => factor[(d * part.rank + r) * outputs + output]),
        ),
      );
    }
  }
}

function expandPart(
  { degree, pure, active, products }: Part,
  inputs: number,
  tables: Map<number, Degree[]>,
): Monomial[] {
  const monomials: Monomial[] = [];
  const n = active.length;
  const known = tables.get(n) ?? [];
  const table = known.length > degree ? known : monomialTable(n, degree);
  tables.set(n, table);
  const sums = new Float64Array(n > 0 ? table[degree].count : 0);
  for (const forms of products) addProduct(sums, forms, table, n);
  pure.forEach((weight, d) => {
    const place = active.indexOf(d);
    if (place < 0) {
      if (weight !== 0)
        monomials.push({
          coefficient: weight,
          exponents: Array.from({ length: inputs }, (_, i) => (i === d ? degree : 0)),
        });
      return;
    }
    let i = 0;
    for (let k = 0; k < degree; k++) i = table[k].next[i * n + place];
    sums[i] += weight;
  });
  sums.forEach((coefficient, i) => {
    if (coefficient === 0) return;
    const exponents = new Array<number>(inputs).fill(0);
    for (let k = degree; k > 0; k--) {
      exponents[active[table[k].last[i]]]++;
      i = table[k].prefix[i];
    }
    monomials.push({ coefficient, exponents });
  });
  return monomials.sort(lexicographic);
}

/** sums += the coefficients of Π_m Σ_d forms[m][d]·x_d, multiplied out one factor at a time. */
function addProduct(sums: Float64Array, forms: readonly Float64Array[], table: readonly Degree[], n: number): void {
  let partial: Float64Array = Float64Array.of(1);
  for (let k = 0; k < forms.length; k++) {
    const { count, next } = table[k];
    const product = k + 1 < forms.length ? new Float64Array(table[k + 1].count) : sums;
    for (let i = 0; i < count; i++) {
      if (partial[i] === 0) continue;
      for (let d = 0; d < n; d++) product[next[i * n + d]] += partial[i] * forms[k][d];
    }
    partial = product;
  }
}

function refuseTooMany(parts: readonly Part[], inputs: number, output: number, maxMonomials: number): void {
  let count = 1;
  for (const { degree, pure, active } of parts) {
    count += (active.length > 0 ? monomialCount(active.length, degree) : 0) + pure.length;
  }
  if (count > maxMonomials || count * inputs > 100 * maxMonomials) {
    throw new RangeError(
      `expand: output ${output} may have ${count} monomials of ${inputs} exponents: ` +
        `the limit is maxMonomials = ${maxMonomials}, and ${100 * maxMonomials} exponents in all`,
    );
  }
}

/** The higher power of the first input first. */
function lexicographic(a: Monomial, b: Monomial): number {
  for (let d = 0; d < a.exponents.length; d++) {
    if (a.exponents[d] !== b.exponents[d]) return b.exponents[d] - a.exponents[d];
  }
  return 0;
}
