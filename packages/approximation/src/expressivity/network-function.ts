import { apply, type Layer, type Variables } from '@neuronseek/network';
import { tensor } from '@neuronseek/tensor';
import { exactLayers } from '../constructions/exact-layers.js';
import { type Network, networkOf } from '../constructions/network.js';

/**
 * A trained network of @neuronseek/network as a function that certificates by intervals can read: any layers, one output.
 *
 * The function is the one that the float64 variables define in real arithmetic, outside of training; how far a float64 run is from it is not
 * known, so that `evaluationError` is Infinity. Where all layers are linear, relu or identity, `evaluateRational` is exact. Throws a
 * RangeError for inputs that do not fit the layer, or more than one output.
 */
export function networkFunction<D extends number>(layer: Layer, variables: Variables, inputs: D): Network<D> {
  if (!(Number.isSafeInteger(inputs) && inputs >= 1)) {
    throw new RangeError(`networkFunction: inputs must be a positive integer: got ${inputs}`);
  }
  const whole = layer.kind === 'sequential' ? layer : undefined;
  const layers = whole ? whole.layers : [layer];
  const own: Variables = whole ? variables : { params: [variables.params], state: [variables.state] };
  const run = (x: readonly number[]): readonly number[] => {
    const { output } = apply(layer, variables, tensor([[...x]]));
    if (output.size !== 1) throw new RangeError(`networkFunction: the layer must have 1 output: got ${output.size}`);
    return [output.item()];
  };
  run(new Array<number>(inputs).fill(0));
  const facts = { dimension: inputs, evaluationError: Number.POSITIVE_INFINITY };
  if (isExact(layers, own)) return networkOf(layers, own, facts);
  return { ...facts, layers, variables: own, evaluate: (x) => run(x)[0] };
}

function isExact(layers: readonly Layer[], variables: Variables): boolean {
  const fits = layers.every(
    (layer) =>
      layer.kind === 'linear' || (layer.kind === 'activation' && (layer.name === 'relu' || layer.name === 'identity')),
  );
  if (fits) exactLayers('networkFunction', layers, variables);
  return fits;
}
