import { split } from '@neuronseek/tensor/random';
import { activationRules } from './activation.js';
import type { Layer, SequentialLayer } from './layer.js';
import { branch } from './leaf.js';
import { linearRules } from './linear.js';
import type { LayerRules, Tree, Variables } from './rules.js';
import { taskNeuronRules } from './task-neuron.js';

/** The rules of a layer's kind; the compiler refuses a kind without rules. Throws a TypeError for what is no layer. */
export function rulesOf(layer: Layer): LayerRules<Layer> {
  switch (layer.kind) {
    case 'linear':
      return bound(layer, linearRules);
    case 'taskNeuron':
      return bound(layer, taskNeuronRules);
    case 'activation':
      return bound(layer, activationRules);
    case 'sequential':
      return bound(layer, sequentialRules);
    default:
      return unknownKind(layer);
  }
}

function unknownKind(layer: never): never {
  const { kind }: { readonly kind: unknown } = layer;
  throw new TypeError(`rulesOf: unknown kind of layer: ${JSON.stringify(kind)}`);
}

/** Rules of one kind as rules for any layer, tied to the layer whose kind was looked at. */
function bound<L extends Layer>(layer: L, rules: LayerRules<L>): LayerRules<Layer> {
  return {
    template: () => rules.template(layer),
    init: (_layer, key) => rules.init(layer, key),
    apply: (_layer, variables, x, options) => rules.apply(layer, variables, x, options),
    outputs: (_layer, inputs, at) => rules.outputs(layer, inputs, at),
  };
}

/** Columns that leave a chain of layers; `prefix` stands before each place in a message. */
export function outputsOfChain(
  layers: readonly Layer[],
  inputs: number | undefined,
  prefix: string,
): number | undefined {
  let columns = inputs;
  layers.forEach((layer, i) => {
    columns = rulesOf(layer).outputs(layer, columns, `${prefix}layers[${i}]`);
  });
  return columns;
}

// Beside the table, because a sequence runs layers of every kind.
const sequentialRules: LayerRules<SequentialLayer> = {
  template: ({ layers }) => inOrder(layers.map((layer) => rulesOf(layer).template(layer))),
  init: ({ layers }, key) => {
    const keys = split(key, layers.length);
    return inOrder(layers.map((layer, i) => rulesOf(layer).init(layer, keys[i])));
  },
  apply: ({ layers }, { params, state }, x, options) => {
    const states: Tree[] = [];
    let output = x;
    layers.forEach((layer, i) => {
      const variables: Variables = { params: branch(params, i), state: branch(state, i) };
      const applied = rulesOf(layer).apply(layer, variables, output, options);
      output = applied.output;
      states.push(applied.state);
    });
    return { output, state: states };
  },
  outputs: ({ layers }, inputs, at) => outputsOfChain(layers, inputs, `${at}.`),
};

function inOrder(all: readonly Variables[]): Variables {
  return { params: all.map(({ params }) => params), state: all.map(({ state }) => state) };
}
