import { isTensor, type Tensor } from '@neuronseek/tensor';
import type { Layer } from '../layers/layer.js';
import type { Tree, Variables } from '../layers/rules.js';

/** A layer with its variables: everything needed to predict. */
export interface Model {
  readonly layer: Layer;
  readonly variables: Variables;
}

/** What stands at the head of a model file. */
export const modelFormat: { readonly format: 'neuronseek-model'; readonly version: 1 } = {
  format: 'neuronseek-model',
  version: 1,
};

/**
 * A model as JSON text, lossless: numbers are written as the shortest decimals that read back to the same bits.
 * Throws a RangeError for a weight that is not finite, because JSON cannot hold it.
 */
export function save({ layer, variables }: Model): string {
  const { params, state } = variables;
  return JSON.stringify({ ...modelFormat, layer, params: encode(params, 'params'), state: encode(state, 'state') });
}

function encode(tree: Tree, path: string): unknown {
  if (isTensor(tree)) return { dtype: tree.dtype, shape: tree.shape, data: numbers(tree, path) };
  if (Array.isArray(tree)) return tree.map((child: Tree, i) => encode(child, `${path}[${i}]`));
  return Object.fromEntries(Object.entries(tree).map(([name, child]) => [name, encode(child, `${path}.${name}`)]));
}

function numbers(x: Tensor, path: string): number[] {
  const values = Array.from(x.toTypedArray());
  const bad = values.findIndex((v) => !Number.isFinite(v));
  if (bad >= 0) throw new RangeError(`save: ${path} has ${values[bad]} at position ${bad}`);
  return values;
}
