import { flatten, isTensor, showShape, type Tensor } from '@neuronseek/tensor';
import { checkScaling } from './check-scaling.js';
import { checkCount, checkRanks } from './check-structure.js';
import type { Interaction } from './interaction.js';
import type { PolynomialNeuron } from './polynomial-neuron.js';

/** The neuron itself, or an error by `name` that says where, as in `${at}power[0].weights`, and what is wrong. */
export function checkNeuron(name: string, at: string, neuron: PolynomialNeuron): PolynomialNeuron {
  const { inputs, outputs, features, bias, power, interaction } = neuron;
  checkCount(name, `${at}inputs`, inputs);
  checkCount(name, `${at}outputs`, outputs);
  checkFeatures(name, `${at}features`, features, inputs);
  const check = (place: string, t: Tensor, shape: readonly number[]): void => {
    checkTensor(name, `${at}${place}`, t, shape);
    if (t.dtype !== bias.dtype) {
      throw new TypeError(
        `${name}: ${at}${place} is ${t.dtype} but ${at}bias is ${bias.dtype}: all must have one dtype`,
      );
    }
  };
  check('bias', bias, [outputs]);
  power.forEach(({ order, weights }, p) => {
    checkCount(name, `${at}power[${p}].order`, order);
    const first = power.findIndex((term) => term.order === order);
    if (first !== p) {
      throw new RangeError(`${name}: ${at}power[${p}].order is ${order}, which ${at}power[${first}] has already`);
    }
    check(`power[${p}].weights`, weights, [inputs, outputs]);
  });
  interaction.forEach((part, q) => {
    checkInteraction(name, at, `interaction[${q}]`, part, inputs, outputs, check);
  });
  if (neuron.scaling !== undefined) checkScaling(name, `${at}scaling`, neuron.scaling, inputs, outputs);
  return neuron;
}

function checkInteraction(
  name: string,
  prefix: string,
  place: string,
  part: Interaction,
  inputs: number,
  outputs: number,
  check: (place: string, t: Tensor, shape: readonly number[]) => void,
): void {
  const at = prefix + place;
  const form: string = part.form;
  if (!['cp', 'symmetric', 'tucker', 'tt'].includes(form)) {
    throw new RangeError(`${name}: ${at}.form must be 'cp', 'symmetric', 'tucker' or 'tt': got ${String(form)}`);
  }
  checkCount(name, `${at}.order`, part.order);
  const { order } = part;
  switch (part.form) {
    case 'cp':
      checkCount(name, `${at}.rank`, part.rank);
      checkLength(name, at, order, part.factors, 'factors');
      part.factors.forEach((factor, m) => {
        check(`${place}.factors[${m}]`, factor, [inputs, part.rank, outputs]);
      });
      return;
    case 'symmetric':
      checkCount(name, `${at}.rank`, part.rank);
      check(`${place}.weights`, part.weights, [part.rank, outputs]);
      check(`${place}.factor`, part.factor, [inputs, part.rank, outputs]);
      return;
    case 'tucker':
      checkRanks(name, at, 'tucker', order, part.ranks);
      checkLength(name, at, order, part.factors, 'factors');
      check(`${place}.core`, part.core, [...part.ranks, outputs]);
      part.factors.forEach((factor, m) => {
        check(`${place}.factors[${m}]`, factor, [inputs, part.ranks[m], outputs]);
      });
      return;
    case 'tt': {
      checkRanks(name, at, 'tt', order, part.ranks);
      checkLength(name, at, order, part.cores, 'cores');
      const ranks = [1, ...part.ranks, 1];
      part.cores.forEach((core, m) => {
        check(`${place}.cores[${m}]`, core, [ranks[m], inputs, ranks[m + 1], outputs]);
      });
    }
  }
}

function checkLength(name: string, at: string, order: number, parts: readonly Tensor[], word: string): void {
  if (!Array.isArray(parts)) throw new TypeError(`${name}: ${at}.${word} must be an array: got ${typeof parts}`);
  if (parts.length !== order) {
    throw new RangeError(`${name}: ${at} has order ${order} but ${parts.length} ${word}`);
  }
}

/** Throws unless features are `inputs` distinct names, none of them blank. */
export function checkFeatures(name: string, at: string, features: readonly string[], inputs: number): void {
  if (features.length !== inputs) {
    throw new RangeError(`${name}: ${at} must be ${inputs} names: got ${features.length}`);
  }
  const seen = new Map<string, number>();
  features.forEach((feature, d) => {
    if (typeof feature !== 'string')
      throw new TypeError(`${name}: ${at}[${d}] must be a string: got ${typeof feature}`);
    if (feature.trim() === '') throw new RangeError(`${name}: ${at}[${d}] is blank`);
    const first = seen.get(feature);
    if (first !== undefined) throw new RangeError(`${name}: ${at}[${d}] is '${feature}', as is ${at}[${first}]`);
    seen.set(feature, d);
  });
}

function checkTensor(name: string, at: string, t: Tensor, shape: readonly number[]): void {
  if (!isTensor(t)) throw new TypeError(`${name}: ${at} must be a tensor: got ${t === null ? 'null' : typeof t}`);
  if (t.dtype !== 'float64' && t.dtype !== 'float32') {
    throw new TypeError(`${name}: ${at} must be float64 or float32: got ${t.dtype}`);
  }
  if (t.order !== shape.length || t.shape.some((n, axis) => n !== shape[axis])) {
    throw new RangeError(`${name}: ${at} must have shape ${showShape(shape)}: got ${showShape(t.shape)}`);
  }
  const elements = flatten(t);
  for (let i = 0; i < elements.length; i++) {
    if (!Number.isFinite(elements[i])) {
      throw new RangeError(`${name}: ${at} is not finite at ${showShape(indexOf(i, shape))}: ${elements[i]}`);
    }
  }
}

/** Index along each axis of the i-th element in row-major order. */
function indexOf(i: number, shape: readonly number[]): number[] {
  const index = new Array<number>(shape.length);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = i % shape[axis];
    i = Math.floor(i / shape[axis]);
  }
  return index;
}
