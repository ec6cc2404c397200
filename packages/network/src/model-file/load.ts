import { isTensor, sameShape, showShape, type Tensor, tensor } from '@neuronseek/tensor';
import { key } from '@neuronseek/tensor/random';
import { init } from '../init.js';
import { activation, activations } from '../layers/activation.js';
import type { ActivationName, Layer } from '../layers/layer.js';
import { linear } from '../layers/linear.js';
import type { Tree } from '../layers/rules.js';
import { sequential } from '../layers/sequential.js';
import { taskNeuron } from '../layers/task-neuron.js';
import { type Model, modelFormat } from './save.js';

/**
 * Reads what {@link save} wrote: the same layer and, bit for bit, the same variables. Throws a SyntaxError for text that is not JSON and a
 * TypeError naming the place for JSON that is not a model, a newer version, or variables that do not fit the layer.
 */
export function load(text: string): Model {
  const file = object(JSON.parse(text), 'the file');
  if (file.format !== modelFormat.format || file.version !== modelFormat.version) {
    throw new TypeError(
      `load: expected a ${modelFormat.format} file of version ${modelFormat.version}, got ${JSON.stringify(file.format)} ${JSON.stringify(file.version)}`,
    );
  }
  const layer = readLayer(file.layer, 'layer');
  const pattern = init(layer, key(0));
  const params = readTree(file.params, pattern.params, 'params');
  const state = readTree(file.state, pattern.state, 'state');
  return { layer, variables: { params, state } };
}

function readLayer(value: unknown, path: string): Layer {
  const data = object(value, path);
  switch (data.kind) {
    case 'linear':
      return linear(integer(data.inputs, `${path}.inputs`), integer(data.outputs, `${path}.outputs`));
    case 'activation':
      return activation(activationName(data.name, `${path}.name`));
    case 'sequential':
      return sequential(
        array(data.layers, `${path}.layers`).map((child, i) => readLayer(child, `${path}.layers[${i}]`)),
      );
    case 'taskNeuron': {
      const structure = object(data.structure, `${path}.structure`);
      const power = array(structure.power, `${path}.structure.power`).map((k, i) =>
        integer(k, `${path}.structure.power[${i}]`),
      );
      const interaction = array(structure.interaction, `${path}.structure.interaction`).map((term, i) => {
        const at = `${path}.structure.interaction[${i}]`;
        const { order, rank } = object(term, at);
        return { order: integer(order, `${at}.order`), rank: integer(rank, `${at}.rank`) };
      });
      if (typeof data.normalize !== 'boolean') throw new TypeError(`load: ${path}.normalize must be true or false`);
      const sizes = [integer(data.inputs, `${path}.inputs`), integer(data.outputs, `${path}.outputs`)];
      return taskNeuron(sizes[0], sizes[1], { power, interaction }, { normalize: data.normalize });
    }
    default:
      throw new TypeError(`load: ${path}.kind is ${JSON.stringify(data.kind)}, which is no kind of layer`);
  }
}

/** A tree of the form of `pattern`, with the numbers of the file. */
function readTree(value: unknown, pattern: Tree, path: string): Tree {
  if (isTensor(pattern)) return readTensor(value, pattern, path);
  if (Array.isArray(pattern)) {
    const items = array(value, path);
    if (items.length !== pattern.length)
      throw new TypeError(`load: ${path} has ${items.length} entries, the layer needs ${pattern.length}`);
    return pattern.map((child: Tree, i) => readTree(items[i], child, `${path}[${i}]`));
  }
  const data = object(value, path);
  return Object.fromEntries(
    Object.entries(pattern).map(([name, child]) => [name, readTree(data[name], child, `${path}.${name}`)]),
  );
}

function readTensor(value: unknown, pattern: Tensor, path: string): Tensor {
  const { dtype, shape, data } = object(value, path);
  const sizes = array(shape, `${path}.shape`).map((n, i) => integer(n, `${path}.shape[${i}]`));
  if (dtype !== pattern.dtype || !sameShape(sizes, pattern.shape)) {
    throw new TypeError(
      `load: ${path} is ${String(dtype)} ${showShape(sizes)}, the layer needs ${pattern.dtype} ${showShape(pattern.shape)}`,
    );
  }
  const numbers = array(data, `${path}.data`);
  if (numbers.length !== pattern.size)
    throw new TypeError(`load: ${path}.data has ${numbers.length} numbers, its shape needs ${pattern.size}`);
  const values = Float64Array.from(numbers, (x, i) => {
    if (typeof x !== 'number' || !Number.isFinite(x))
      throw new TypeError(`load: ${path}.data[${i}] is not a finite number`);
    return x;
  });
  return tensor(values, sizes, { dtype: pattern.dtype });
}

function object(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`load: ${path} must be an object`);
  return Object.fromEntries(Object.entries(value));
}

function array(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`load: ${path} must be an array`);
  return value;
}

function integer(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new TypeError(`load: ${path} must be a non-negative integer, got ${JSON.stringify(value)}`);
  }
  return value;
}

function activationName(value: unknown, path: string): ActivationName {
  for (const name of Object.keys(activations) as ActivationName[]) if (name === value) return name;
  throw new TypeError(`load: ${path} is ${JSON.stringify(value)}, which is no activation`);
}
