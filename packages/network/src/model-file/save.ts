import { flatten, isTensor, sameShape, showShape, type Tensor } from '@neuronseek/tensor';
import type { Layer } from '../layers/layer.js';
import type { Tree, Variables } from '../layers/rules.js';
import { rulesOf } from '../layers/table.js';

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
 * A model as JSON text, lossless: numbers are written as the shortest decimals that read back to the same bits, zeros with their sign. Throws
 * a RangeError naming the place for a weight that is not finite, because JSON cannot hold it, and for variables that do not fit the layer.
 * A text holds up to about 20 million numbers.
 */
export function save({ layer, variables }: Model): string {
  const template = rulesOf(layer).template(layer);
  const head = JSON.stringify({ ...modelFormat, layer }).slice(0, -1);
  const params = encode(variables.params, template.params, 'params');
  return `${head},"params":${params},"state":${encode(variables.state, template.state, 'state')}}`;
}

function encode(tree: Tree, template: Tree, path: string): string {
  if (isTensor(template)) {
    if (isTensor(tree) && sameShape(tree.shape, template.shape)) return encodeTensor(tree, path);
    const got = isTensor(tree) ? showShape(tree.shape) : 'no tensor';
    throw new RangeError(`save: ${path} is ${got}, the layer needs ${showShape(template.shape)}`);
  }
  const child = (name: string | number): Tree | undefined =>
    !isTensor(tree) && Object.hasOwn(tree, name) ? (tree as Readonly<Record<string | number, Tree>>)[name] : undefined;
  const encodeChild = (part: Tree, name: string | number, at: string): string => {
    const found = child(name);
    if (found === undefined) throw new RangeError(`save: ${at} is missing, the layer needs it`);
    return encode(found, part, at);
  };
  if (Array.isArray(template)) {
    return `[${template.map((part: Tree, i) => encodeChild(part, i, `${path}[${i}]`)).join(',')}]`;
  }
  const entries = Object.entries(template);
  return `{${entries.map(([name, part]) => `${JSON.stringify(name)}:${encodeChild(part, name, `${path}.${name}`)}`).join(',')}}`;
}

// Written by hand, because JSON.stringify turns −0 into 0.
function encodeTensor(x: Tensor, path: string): string {
  if (x.dtype !== 'float64' && x.dtype !== 'float32') {
    throw new RangeError(`save: ${path} must be float64 or float32, got ${x.dtype}`);
  }
  const numbers = Array.from(flatten(x), (value, i) => {
    if (!Number.isFinite(value)) throw new RangeError(`save: ${path} is not finite at position ${i}: ${value}`);
    return Object.is(value, -0) ? '-0' : String(value);
  });
  return `{"dtype":"${x.dtype}","shape":[${x.shape.join(',')}],"data":[${numbers.join(',')}]}`;
}
