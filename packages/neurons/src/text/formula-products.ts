import type { Expression } from '../expressions/expression.js';
import { type LinearForm, linearForm } from './linear-form.js';

/** A formula taken apart: constant + Σ powers + Σ products. */
export interface FormulaProducts {
  readonly constant: number;
  /** Weights of x_d^order by order and input. */
  readonly powers: ReadonlyMap<number, ReadonlyMap<number, number>>;
  /** Linear forms of each product. */
  readonly products: readonly (readonly LinearForm[])[];
}

const maxOrder = 999;

/** Takes a formula apart without any rounding, or throws a RangeError with its place. */
export function formulaProducts(at: string, formula: Expression, inputs: number): FormulaProducts {
  let constant: number | undefined;
  const powers = new Map<number, Map<number, number>>();
  const products: (readonly LinearForm[])[] = [];
  const addProduct = (forms: readonly LinearForm[]): void => {
    const power = powerOfFeature(forms);
    const weights = powers.get(forms.length) ?? new Map<number, number>();
    // A second weight of the same power could only be added with rounding; it becomes a product of its own.
    if (!power || weights.has(power.index)) {
      products.push(forms);
      return;
    }
    weights.set(power.index, power.weight);
    powers.set(forms.length, weights);
  };
  const addTerm = (term: Expression, negative: boolean): void => {
    if (term.op === 'add') {
      for (const part of term.terms) addTerm(part, negative);
      return;
    }
    if (term.op === 'negate') {
      addTerm(term.argument, !negative);
      return;
    }
    const { numbers, forms, order } = factorsOf(at, term);
    const signs = negative ? [-1, ...numbers] : numbers;
    if (forms.length === 0 && order === 0) {
      if (constant !== undefined) refuse(at, 'has two constants');
      constant = place(at, signs, []).left;
      return;
    }
    if (order > 0) {
      if (forms.length > 0) refuse(at, 'has a total in a product');
      const { left } = place(at, signs, []);
      for (let d = 0; d < inputs; d++) {
        addProduct(Array.from({ length: order }, (_, m) => new Map([[d, m === 0 ? left : 1]])));
      }
      return;
    }
    addProduct(place(at, signs, forms).forms);
  };
  addTerm(formula, false);
  return { constant: constant ?? 0, powers, products };
}

interface Factors {
  readonly numbers: readonly number[];
  readonly forms: readonly LinearForm[];
  /** k of a factor Σ_d x_d^k, 0 without one. */
  readonly order: number;
}

function factorsOf(at: string, part: Expression): Factors {
  if (part.op === 'number') return { numbers: [part.value], forms: [], order: 0 };
  if (part.op === 'total') return { numbers: [], forms: [], order: orderOfTotal(at, part.argument) };
  const form = linearForm(part);
  if (form) return { numbers: [], forms: [form], order: 0 };
  if (part.op === 'negate') {
    const inner = factorsOf(at, part.argument);
    return { ...inner, numbers: [-1, ...inner.numbers] };
  }
  if (part.op === 'power') {
    const base = linearForm(part.base);
    const times = exponentOf(part.exponent);
    if (!base || times === undefined) return refuse(at, 'has a power of something else than a linear form');
    return { numbers: [], forms: new Array<LinearForm>(times).fill(base), order: 0 };
  }
  if (part.op !== 'multiply') return refuse(at, `has a node '${part.op}' that no product of linear forms has`);
  const parts = part.factors.map((factor) => factorsOf(at, factor));
  const orders = parts.map(({ order }) => order).filter((order) => order > 0);
  if (orders.length > 1) refuse(at, 'has a product of totals');
  const forms = parts.flatMap((inner) => inner.forms);
  if (forms.length > maxOrder) refuse(at, `has a product of more than ${maxOrder} linear forms`);
  return { numbers: parts.flatMap(({ numbers }) => numbers), forms, order: orders[0] ?? 0 };
}

function orderOfTotal(at: string, argument: Expression): number {
  if (argument.op === 'vector') return 1;
  const order = argument.op === 'power' && argument.base.op === 'vector' ? exponentOf(argument.exponent) : undefined;
  return order ?? refuse(at, 'has a total of something else than a power of x');
}

function exponentOf(exponent: Expression): number | undefined {
  if (exponent.op !== 'number') return undefined;
  const { value } = exponent;
  return Number.isInteger(value) && value >= 1 && value <= maxOrder ? value : undefined;
}

/** Multiplies numbers into forms whose coefficients are all ±1, where nothing is rounded; one number may be left if there are no forms. */
function place(
  at: string,
  numbers: readonly number[],
  forms: readonly LinearForm[],
): { readonly left: number; readonly forms: readonly LinearForm[] } {
  const sign = numbers.reduce((product, value) => (Math.abs(value) === 1 ? product * value : product), 1);
  const others = numbers.filter((value) => Math.abs(value) !== 1);
  if (forms.length === 0) {
    if (others.length > 1) refuse(at, 'has numbers to multiply');
    return { left: sign * (others[0] ?? 1), forms };
  }
  const scales = forms.map((form) => {
    const units = Array.from(form.values()).every((u) => Math.abs(u) === 1);
    return units ? (others.shift() ?? 1) : 1;
  });
  if (others.length > 0) refuse(at, 'has numbers to multiply');
  return {
    left: 1,
    forms: forms.map((form, m) => {
      const scale = m === 0 ? sign * scales[m] : scales[m];
      return new Map(Array.from(form, ([d, u]) => [d, scale * u] as const));
    }),
  };
}

/** The forms as w·x_d^k, if they are all of one feature and at most one has a number that is not ±1. */
function powerOfFeature(forms: readonly LinearForm[]): { readonly index: number; readonly weight: number } | undefined {
  const [index] = forms[0].keys();
  if (forms.some((form) => form.size !== 1 || !form.has(index))) return undefined;
  const weights = forms.map((form) => form.get(index) ?? 0);
  if (weights.filter((u) => Math.abs(u) !== 1).length > 1) return undefined;
  return { index, weight: weights.reduce((a, b) => a * b, 1) };
}

function refuse(at: string, what: string): never {
  throw new RangeError(`toPolynomialNeuron: ${at} must be a sum of products of linear forms: got one that ${what}`);
}
