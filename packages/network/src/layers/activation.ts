import { relu, sigmoid, softplus, type Tensor, tanh } from '@neuronseek/tensor';
import type { ActivationLayer, ActivationName } from './layer.js';
import type { LayerRules } from './rules.js';

/** Every activation by name. */
export const activations: Readonly<Record<ActivationName, (x: Tensor) => Tensor>> = {
  relu: (x) => relu(x),
  tanh: (x) => tanh(x),
  sigmoid: (x) => sigmoid(x),
  softplus: (x) => softplus(x),
  identity: (x) => x,
};

/** An elementwise activation. Throws a RangeError for an unknown name. */
export function activation(name: ActivationName): ActivationLayer {
  if (!Object.hasOwn(activations, name)) {
    throw new RangeError(`activation: unknown name "${name}"; known: ${Object.keys(activations).join(', ')}`);
  }
  return { kind: 'activation', name };
}

export const activationRules: LayerRules<ActivationLayer> = {
  template: () => ({ params: {}, state: {} }),
  init: () => ({ params: {}, state: {} }),
  apply: ({ name }, { state }, x) => ({ output: activations[name](x), state }),
  outputs: (_layer, inputs) => inputs,
};
