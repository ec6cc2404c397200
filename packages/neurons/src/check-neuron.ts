import { flatten, isTensor, showShape, type Tensor } from '@neuronseek/tensor';
import { checkCount } from './check-structure.js';
import type { Interaction, PolynomialNeuron } from './polynomial-neuron.js';

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
    checkInteraction(name, `${at}interaction[${q}]`, part);
    part.factors.forEach((factor, m) => {
      check(`interaction[${q}].factors[${m}]`, factor, [inputs, part.rank, outputs]);
    });
  });
  return neuron;
}

function checkInteraction(name: string, at: string, part: Interaction): void {
  const form: string = part.form;
  if (form !== 'cp') throw new RangeError(`${name}: ${at}.form must be 'cp': got ${String(form)}`);
  checkCount(name, `${at}.order`, part.order);
  checkCount(name, `${at}.rank`, part.rank);
  if (part.factors.length !== part.order) {
    throw new RangeError(`${name}: ${at} has order ${part.order} but ${part.factors.length} factors`);
  }
}

function checkFeatures(name: string, at: string, features: readonly string[], inputs: number): void {
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
