import { apply, type Layer, sequential, type Variables } from '@neuronseek/network';
import { tensor } from '@neuronseek/tensor';
import type { Approximant } from '../targets/approximant.js';
import { exactLayers } from './exact-layers.js';

/** Layers of @neuronseek/network with their numbers, as one function of `dimension` inputs and one output. */
export interface Network<D extends number = number> extends Approximant<D> {
  readonly layers: readonly Layer[];
  /** Variables of `sequential(layers)`. */
  readonly variables: Variables;
}

/** What is known of a network besides its layers. */
export type NetworkFacts<D extends number> = Pick<
  Approximant<D>,
  'dimension' | 'evaluationError' | 'modulus' | 'breakpoints'
>;

/**
 * The function that layers and variables are: `evaluate` runs them in float64, `evaluateRational` layer by layer in rational
 * arithmetic. Linear layers and the activations relu and identity; a RangeError for others.
 */
export function networkOf<D extends number>(
  layers: readonly Layer[],
  variables: Variables,
  facts: NetworkFacts<D>,
): Network<D> {
  const layer = sequential(layers);
  const exact = exactLayers('networkOf', layers, variables);
  return {
    ...facts,
    layers,
    variables,
    evaluate: (x) => apply(layer, variables, tensor([[...x]])).output.item(),
    evaluateRational: (x) => {
      const outputs = exact(x);
      if (outputs.length !== 1)
        throw new RangeError(`evaluateRational: the network has ${outputs.length} outputs, not 1`);
      return outputs[0];
    },
  };
}
