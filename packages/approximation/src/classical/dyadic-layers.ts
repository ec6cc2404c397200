import { activation, type Layer, linear, type Variables } from '@neuronseek/network';
import { type Tensor, tensor } from '@neuronseek/tensor';

/** A linear layer by its rows: row d holds the weights of input d, the last row the biases. */
export type AffineRows = readonly (readonly number[])[];

/** Linear layers with relu between them. */
export function reluLayers(maps: readonly AffineRows[]): {
  readonly layers: readonly Layer[];
  readonly variables: Variables;
} {
  const layers: Layer[] = [];
  const params: Readonly<Record<string, Tensor>>[] = [];
  maps.forEach((rows, i) => {
    const weight = rows.slice(0, -1).map((row) => [...row]);
    const bias = [...rows[rows.length - 1]];
    if (i > 0) {
      layers.push(activation('relu'));
      params.push({});
    }
    layers.push(linear(weight.length, bias.length));
    params.push({ weight: tensor(weight), bias: tensor(bias) });
  });
  return { layers, variables: { params, state: layers.map(() => ({})) } };
}
