import type { Key } from '@neuronseek/tensor/random';
import type { Layer } from './layers/layer.js';
import type { Variables } from './layers/rules.js';
import { rulesOf } from './layers/table.js';

/** Fresh parameters and state of a layer, a pure function of the layer and the key. */
export function init(layer: Layer, key: Key): Variables {
  return rulesOf(layer).init(layer, key);
}
