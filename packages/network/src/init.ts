import type { Key } from '@neuronseek/tensor/random';
import type { Layer } from './layers/layer.js';
import type { Variables } from './layers/rules.js';
import { rulesOf } from './layers/table.js';

/** Fresh parameters and state of a layer in float64, a pure function of the layer and the key: small random weights, biases of 0. */
export function init(layer: Layer, key: Key): Variables {
  return rulesOf(layer).init(layer, key);
}
