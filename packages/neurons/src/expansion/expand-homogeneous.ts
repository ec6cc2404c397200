import { flatten, type Tensor } from '@neuronseek/tensor';
import { type Degree, monomialTable } from '../monomial-table.js';
import type { PolynomialNeuron } from '../polynomial-neuron.js';
import type { Coefficients } from './coefficients.js';
import { homogeneousParts, type Part, refuseTooMany } from './homogeneous-parts.js';
import { interactionCoefficients } from './interaction-coefficients.js';

/** A monomial in either arithmetic. */
interface Term<N> {
  readonly coefficient: N;
  readonly exponents: readonly number[];
}

/** The monomials of every output of a neuron, its scaling left aside, degree by degree. */
export function expandHomogeneous<V, N>(
  numbers: Coefficients<V, N>,
  neuron: PolynomialNeuron,
  maxMonomials: number,
): Term<N>[][] {
  const tables = new Map<number, Degree[]>();
  const known = new Map<Tensor, V>();
  const read = (t: Tensor): V => {
    const values = known.get(t) ?? numbers.read(t);
    known.set(t, values);
    return values;
  };
  const bias = flatten(neuron.bias);
  return Array.from({ length: neuron.outputs }, (_, output) => {
    const parts = homogeneousParts(neuron, output);
    refuseTooMany(parts, neuron.inputs, output, maxMonomials);
    const terms = parts.flatMap((part) => expandPart(numbers, part, neuron, output, tables, read));
    if (bias[output] === 0) return terms;
    const [zero] = numbers.sum([], 1);
    const exponents = new Array<number>(neuron.inputs).fill(0);
    return [{ coefficient: numbers.plus(zero, bias[output]), exponents }, ...terms];
  });
}

function expandPart<V, N>(
  numbers: Coefficients<V, N>,
  { degree, pure, interactions, active }: Part,
  { inputs, outputs }: PolynomialNeuron,
  output: number,
  tables: Map<number, Degree[]>,
  read: (t: Tensor) => V,
): Term<N>[] {
  const terms: Term<N>[] = [];
  const n = active.length;
  let sums: N[] = [];
  let table: Degree[] = [];
  if (n > 0) {
    const known = tables.get(n) ?? [];
    table = known.length > degree ? known : monomialTable(n, degree);
    tables.set(n, table);
    const scope = { inputs, outputs, output, active, table };
    const products = interactions.map((part) => interactionCoefficients(numbers, part, scope, read));
    sums = numbers.sum(products, table[degree].count);
  }
  const [zero] = numbers.sum([], 1);
  pure.forEach((weight, d) => {
    if (weight === 0) return;
    const place = active.indexOf(d);
    if (place < 0) {
      const exponents = Array.from({ length: inputs }, (_, i) => (i === d ? degree : 0));
      terms.push({ coefficient: numbers.plus(zero, weight), exponents });
      return;
    }
    let i = 0;
    for (let k = 0; k < degree; k++) i = table[k].next[i * n + place];
    sums[i] = numbers.plus(sums[i], weight);
  });
  sums.forEach((coefficient, place) => {
    if (numbers.isZero(coefficient)) return;
    const exponents = new Array<number>(inputs).fill(0);
    let i = place;
    for (let k = degree; k > 0; k--) {
      exponents[active[table[k].last[i]]]++;
      i = table[k].prefix[i];
    }
    terms.push({ coefficient, exponents });
  });
  return terms.sort(lexicographic);
}

/** The higher power of the first input first. */
function lexicographic<N>(a: Term<N>, b: Term<N>): number {
  for (let d = 0; d < a.exponents.length; d++) {
    if (a.exponents[d] !== b.exponents[d]) return b.exponents[d] - a.exponents[d];
  }
  return 0;
}
