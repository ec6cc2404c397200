import { type Tensor, tensor } from '@neuronseek/tensor';
import { checkNeuron } from './check-neuron.js';
import { checkRanks } from './check-structure.js';
import type { Interaction } from './interaction.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';
import type { Scaling } from './scaling.js';
import { jsonVersion } from './to-json.js';

/**
 * The neuron that `toJSON` wrote: fromJSON(JSON.parse(text)). Unknown properties are ignored.
 *
 * Throws a TypeError or RangeError that names the place, as in `fromJSON: $.power[0].weights[2] must be an array of 1: got 3 items`, for
 * anything else.
 */
export function fromJSON(value: unknown): PolynomialNeuron {
  const json = object('$', value);
  literal('$.kind', json.kind, 'polynomial');
  literal('$.version', json.version, jsonVersion);
  const dtype = json.dtype;
  if (dtype !== 'float64' && dtype !== 'float32') {
    throw new RangeError(`fromJSON: $.dtype must be 'float64' or 'float32': got ${show(dtype)}`);
  }
  const inputs = count('$.inputs', json.inputs);
  const outputs = count('$.outputs', json.outputs);
  const read = (at: string, nested: unknown, shape: readonly number[]): Tensor => {
    const numbers: number[] = [];
    collect(at, nested, shape, numbers);
    return tensor(dtype === 'float32' ? Float32Array.from(numbers) : Float64Array.from(numbers), shape);
  };
  return checkNeuron('fromJSON', '$.', {
    kind: 'polynomial',
    inputs,
    outputs,
    features: array('$.features', json.features).map((feature, d) => text(`$.features[${d}]`, feature)),
    bias: read('$.bias', json.bias, [outputs]),
    power: array('$.power', json.power).map((item, p) => {
      const at = `$.power[${p}]`;
      const term = object(at, item);
      return {
        order: count(`${at}.order`, term.order),
        weights: read(`${at}.weights`, term.weights, [inputs, outputs]),
      };
    }),
    interaction: array('$.interaction', json.interaction).map((item, q) =>
      readInteraction(`$.interaction[${q}]`, item, inputs, outputs, read),
    ),
    ...(json.scaling === undefined ? {} : { scaling: readScaling('$.scaling', json.scaling) }),
  });
}

type Read = (at: string, nested: unknown, shape: readonly number[]) => Tensor;

function readInteraction(at: string, item: unknown, inputs: number, outputs: number, read: Read): Interaction {
  const part = object(at, item);
  const { form } = part;
  if (form !== 'cp' && form !== 'symmetric' && form !== 'tucker' && form !== 'tt') {
    throw new RangeError(`fromJSON: ${at}.form must be 'cp', 'symmetric', 'tucker' or 'tt': got ${show(form)}`);
  }
  const order = count(`${at}.order`, part.order);
  if (form === 'tucker' || form === 'tt') {
    const ranks = array(`${at}.ranks`, part.ranks).map((r, m) => count(`${at}.ranks[${m}]`, r));
    // Before shapes are made of them.
    checkRanks('fromJSON', at, form, order, ranks);
    if (form === 'tt') {
      const bonds = [1, ...ranks, 1];
      const cores = list(at, 'cores', part.cores, order).map((core, m) =>
        read(`${at}.cores[${m}]`, core, [bonds[m], inputs, bonds[m + 1], outputs]),
      );
      return { form, order, ranks, cores };
    }
    const core = read(`${at}.core`, part.core, [...ranks, outputs]);
    const factors = list(at, 'factors', part.factors, order).map((factor, m) =>
      read(`${at}.factors[${m}]`, factor, [inputs, ranks[m], outputs]),
    );
    return { form, order, ranks, core, factors };
  }
  const rank = count(`${at}.rank`, part.rank);
  if (form === 'symmetric') {
    const weights = read(`${at}.weights`, part.weights, [rank, outputs]);
    return { form, order, rank, weights, factor: read(`${at}.factor`, part.factor, [inputs, rank, outputs]) };
  }
  const factors = array(`${at}.factors`, part.factors).map((factor, m) =>
    read(`${at}.factors[${m}]`, factor, [inputs, rank, outputs]),
  );
  return { form, order, rank, factors };
}

function list(at: string, word: string, value: unknown, order: number): readonly unknown[] {
  const items = array(`${at}.${word}`, value);
  if (items.length !== order) {
    throw new RangeError(`fromJSON: ${at} has order ${order} but ${items.length} ${word}`);
  }
  return items;
}

function readScaling(at: string, value: unknown): Scaling {
  const scaling = object(at, value);
  const numbers = (name: keyof Scaling): number[] =>
    array(`${at}.${name}`, scaling[name]).map((item, i) => number(`${at}.${name}[${i}]`, item));
  return {
    means: numbers('means'),
    deviations: numbers('deviations'),
    targetMeans: numbers('targetMeans'),
    targetDeviations: numbers('targetDeviations'),
  };
}

/** Appends the numbers of a nested array of exactly this shape. */
function collect(at: string, nested: unknown, shape: readonly number[], numbers: number[]): void {
  if (shape.length === 0) {
    numbers.push(number(at, nested));
    return;
  }
  const items = array(at, nested);
  if (items.length !== shape[0]) {
    throw new RangeError(`fromJSON: ${at} must be an array of ${shape[0]}: got ${items.length} items`);
  }
  items.forEach((item, i) => {
    collect(`${at}[${i}]`, item, shape.slice(1), numbers);
  });
}

function number(at: string, value: unknown): number {
  if (value === '-0') return -0;
  if (typeof value !== 'number') throw new TypeError(`fromJSON: ${at} must be a number: got ${show(value)}`);
  return value;
}

function count(at: string, value: unknown): number {
  const n = number(at, value);
  if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`fromJSON: ${at} must be an integer ≥ 1: got ${n}`);
  return n;
}

function text(at: string, value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`fromJSON: ${at} must be a string: got ${show(value)}`);
  return value;
}

function literal(at: string, value: unknown, expected: string | number): void {
  if (value !== expected) throw new RangeError(`fromJSON: ${at} must be ${show(expected)}: got ${show(value)}`);
}

function array(at: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`fromJSON: ${at} must be an array: got ${show(value)}`);
  return value;
}

function object(at: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`fromJSON: ${at} must be an object: got ${show(value)}`);
  }
  return { ...value };
}

/** A value in a message: text in quotes and cut short, otherwise what it is. */
function show(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > 40 ? `${value.slice(0, 40)}…` : value}'`;
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
