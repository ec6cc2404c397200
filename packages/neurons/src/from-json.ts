import { type Tensor, tensor } from '@neuronseek/tensor';
import { checkNeuron } from './check-neuron.js';
import { checkRanks } from './check-structure.js';
import type { ExpressionNeuron } from './expressions/expression-neuron.js';
import type { Interaction } from './interaction.js';
import type { Neuron } from './neuron.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';
import type { Scaling } from './scaling.js';
import type { ExpressionNeuronJson } from './text/expression-json.js';
import { readExpressionNeuron } from './text/read-expression-json.js';
import { arrayAt, countAt, jsonNumberAt, literalAt, objectAt, show, textAt } from './text/read-json.js';
import { jsonVersion, type NeuronJson } from './to-json.js';

/**
 * The neuron that `toJSON` wrote: fromJSON(JSON.parse(text)). Unknown properties are ignored.
 *
 * Throws a TypeError or RangeError that names the place, as in `fromJSON: $.power[0].weights[2] must be an array of 1: got 3 items`, for
 * anything else.
 */
export function fromJSON(value: NeuronJson): PolynomialNeuron;
export function fromJSON(value: ExpressionNeuronJson): ExpressionNeuron;
export function fromJSON(value: unknown): Neuron;
export function fromJSON(value: unknown): Neuron {
  const json = objectAt('$', value);
  if (json.kind === 'expression') return readExpressionNeuron(json);
  if (json.kind !== 'polynomial') {
    throw new RangeError(`fromJSON: $.kind must be 'polynomial' or 'expression': got ${show(json.kind)}`);
  }
  return readPolynomialNeuron(json);
}

function readPolynomialNeuron(json: Readonly<Record<string, unknown>>): PolynomialNeuron {
  literalAt('$.version', json.version, jsonVersion);
  const dtype = json.dtype;
  if (dtype !== 'float64' && dtype !== 'float32') {
    throw new RangeError(`fromJSON: $.dtype must be 'float64' or 'float32': got ${show(dtype)}`);
  }
  const inputs = countAt('$.inputs', json.inputs);
  const outputs = countAt('$.outputs', json.outputs);
  const read = (at: string, nested: unknown, shape: readonly number[]): Tensor => {
    const numbers: number[] = [];
    collect(at, nested, shape, numbers);
    return tensor(dtype === 'float32' ? Float32Array.from(numbers) : Float64Array.from(numbers), shape);
  };
  return checkNeuron('fromJSON', '$.', {
    kind: 'polynomial',
    inputs,
    outputs,
    features: arrayAt('$.features', json.features).map((feature, d) => textAt(`$.features[${d}]`, feature)),
    bias: read('$.bias', json.bias, [outputs]),
    power: arrayAt('$.power', json.power).map((item, p) => {
      const at = `$.power[${p}]`;
      const term = objectAt(at, item);
      return {
        order: countAt(`${at}.order`, term.order),
        weights: read(`${at}.weights`, term.weights, [inputs, outputs]),
      };
    }),
    interaction: arrayAt('$.interaction', json.interaction).map((item, q) =>
      readInteraction(`$.interaction[${q}]`, item, inputs, outputs, read),
    ),
    ...(json.scaling === undefined ? {} : { scaling: readScaling('$.scaling', json.scaling) }),
  });
}

type Read = (at: string, nested: unknown, shape: readonly number[]) => Tensor;

function readInteraction(at: string, item: unknown, inputs: number, outputs: number, read: Read): Interaction {
  const part = objectAt(at, item);
  const { form } = part;
  if (form !== 'cp' && form !== 'symmetric' && form !== 'tucker' && form !== 'tt') {
    throw new RangeError(`fromJSON: ${at}.form must be 'cp', 'symmetric', 'tucker' or 'tt': got ${show(form)}`);
  }
  const order = countAt(`${at}.order`, part.order);
  if (form === 'tucker' || form === 'tt') {
    const ranks = arrayAt(`${at}.ranks`, part.ranks).map((r, m) => countAt(`${at}.ranks[${m}]`, r));
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
  const rank = countAt(`${at}.rank`, part.rank);
  if (form === 'symmetric') {
    const weights = read(`${at}.weights`, part.weights, [rank, outputs]);
    return { form, order, rank, weights, factor: read(`${at}.factor`, part.factor, [inputs, rank, outputs]) };
  }
  const factors = arrayAt(`${at}.factors`, part.factors).map((factor, m) =>
    read(`${at}.factors[${m}]`, factor, [inputs, rank, outputs]),
  );
  return { form, order, rank, factors };
}

function list(at: string, word: string, value: unknown, order: number): readonly unknown[] {
  const items = arrayAt(`${at}.${word}`, value);
  if (items.length !== order) {
    throw new RangeError(`fromJSON: ${at} has order ${order} but ${items.length} ${word}`);
  }
  return items;
}

function readScaling(at: string, value: unknown): Scaling {
  const scaling = objectAt(at, value);
  const numbers = (name: keyof Scaling): number[] =>
    arrayAt(`${at}.${name}`, scaling[name]).map((item, i) => jsonNumberAt(`${at}.${name}[${i}]`, item));
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
    numbers.push(jsonNumberAt(at, nested));
    return;
  }
  const items = arrayAt(at, nested);
  if (items.length !== shape[0]) {
    throw new RangeError(`fromJSON: ${at} must be an array of ${shape[0]}: got ${items.length} items`);
  }
  items.forEach((item, i) => {
    collect(`${at}[${i}]`, item, shape.slice(1), numbers);
  });
}
