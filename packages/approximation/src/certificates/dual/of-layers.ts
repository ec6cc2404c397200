import {
  type ActivationName,
  type Layer,
  normalizationEpsilon,
  type TaskNeuronLayer,
  type Tree,
} from '@neuronseek/network';
import { flatten, isTensor } from '@neuronseek/tensor';
import { add, divide, type Interval, multiply, negate, relu as reluOf, sqrt } from '../../exact/interval.js';
import { sigmoid as sigmoidOf, softplus, tanh, tanhSlope } from '../../exact/interval-functions.js';
import { addDuals, chain, combineDuals, constantDual, type Dual, multiplyDuals, powerDual } from './dual.js';

const one: Interval = [1, 1];

const activations: Readonly<Record<ActivationName, (x: Dual) => Dual>> = {
  identity: (x) => x,
  relu: (x) => chain(x, reluOf(x[0]), [x[0][0] > 0 ? 1 : 0, x[0][1] > 0 ? 1 : 0]),
  tanh: (x) => chain(x, tanh(x[0]), tanhSlope(x[0])),
  sigmoid: (x) => {
    // σ′ = (1 − tanh²(x/2))/4.
    const half: Interval = multiply([0.5, 0.5], x[0]);
    return chain(x, sigmoidOf(x[0]), multiply([0.25, 0.25], tanhSlope(half)));
  },
  softplus: (x) => chain(x, softplus(x[0]), sigmoidOf(x[0])),
};

/** The outputs of layers on a box, with their gradients. */
export function dualsOfLayers(layers: readonly Layer[], params: Tree, state: Tree, x: readonly Dual[]): Dual[] {
  let values = [...x];
  layers.forEach((layer, i) => {
    const [own, seen] = [child(params, i), child(state, i)];
    switch (layer.kind) {
      case 'linear': {
        const [weight, bias] = [numbers(own, 'weight'), numbers(own, 'bias')];
        const inputs = values;
        values = Array.from(bias, (offset, j) => combineDuals(inputs, weight, j, bias.length, offset));
        break;
      }
      case 'activation':
        values = values.map(activations[layer.name]);
        break;
      case 'taskNeuron':
        values = taskNeuron(layer, own, seen, values);
        break;
      case 'sequential':
        values = dualsOfLayers(layer.layers, own, seen, values);
    }
  });
  return values;
}

function taskNeuron(
  { inputs, outputs, structure: { power, interaction }, normalize }: TaskNeuronLayer,
  params: Tree,
  state: Tree,
  x: readonly Dual[],
): Dual[] {
  const [weights, factors, bias] = [numbers(params, 'power'), numbers(params, 'factors'), numbers(params, 'bias')];
  const dimension = x[0].length - 1;
  return Array.from(bias, (offset, c) => {
    let sum = constantDual(dimension, [offset, offset]);
    let t = 0;
    const gather = (term: Dual): void => {
      sum = addDuals(sum, normalize ? normalized(term, params, state, t * outputs + c) : term);
      t++;
    };
    power.forEach((order, p) => {
      const raised = x.map((value) => powerDual(value, order));
      gather(combineDuals(raised, weights, p * inputs * outputs + c, outputs, 0));
    });
    let base = c;
    for (const { order, rank } of interaction) {
      let term = constantDual(dimension, [0, 0]);
      for (let r = 0; r < rank; r++) {
        let product = constantDual(dimension, one);
        for (let m = 0; m < order; m++) {
          const column = base + (m * rank + r) * outputs;
          product = multiplyDuals(product, combineDuals(x, factors, column, factors.length / inputs, 0));
        }
        term = addDuals(term, product);
      }
      gather(term);
      base += order * rank * outputs;
    }
    return sum;
  });
}

/** scale·(term − mean)/√(variance + ε). */
function normalized(term: Dual, params: Tree, state: Tree, k: number): Dual {
  const number = (tree: Tree, name: string): Interval => [numbers(tree, name)[k], numbers(tree, name)[k]];
  const deviation = sqrt(add(number(state, 'variance'), [normalizationEpsilon, normalizationEpsilon]));
  const factor = divide(number(params, 'scale'), deviation);
  const mean = negate(number(state, 'mean'));
  return term.map((part, j) => multiply(factor, j === 0 ? add(part, mean) : part));
}

const read = /* @__PURE__ */ new WeakMap<object, ArrayLike<number>>();

/** The numbers of a tensor in a tree, read once. */
function numbers(tree: Tree, name: string): ArrayLike<number> {
  const found: unknown = typeof tree === 'object' && tree !== null ? Reflect.get(tree, name) : undefined;
  if (!isTensor(found)) throw new TypeError(`certificateFault: the variables of h have no tensor "${name}"`);
  const known = read.get(found);
  if (known) return known;
  const values = flatten(found);
  read.set(found, values);
  return values;
}

function child(tree: Tree, i: number): Tree {
  if (!Array.isArray(tree)) throw new TypeError(`certificateFault: the variables of layers[${i}] are missing`);
  return tree[i];
}
