import { isTensor, sameShape, showShape, type Tensor, tensor } from '@neuronseek/tensor';
import type { Tree } from '../layers/rules.js';
import { count, list, object, show } from './json-value.js';

/** A tree of the form of `template`, with the numbers of parsed JSON. Throws a TypeError naming the place. */
export function readTree(value: unknown, template: Tree, path: string): Tree {
  if (isTensor(template)) return readTensor(value, template.shape, path);
  if (Array.isArray(template)) {
    const items = list(value, path);
    if (items.length !== template.length) {
      throw new TypeError(`load: ${path} has ${items.length} entries, the layer needs ${template.length}`);
    }
    return template.map((child: Tree, i) => readTree(items[i], child, `${path}[${i}]`));
  }
  const data = object(value, path);
  return Object.fromEntries(
    Object.entries(template).map(([name, child]) => [name, readTree(data[name], child, `${path}.${name}`)]),
  );
}

function readTensor(value: unknown, wanted: readonly number[], path: string): Tensor {
  const { dtype, shape, data } = object(value, path);
  if (dtype !== 'float64' && dtype !== 'float32') {
    throw new TypeError(`load: ${path}.dtype must be "float64" or "float32", got ${show(dtype)}`);
  }
  const sizes = list(shape, `${path}.shape`).map((n, i) => count(n, `${path}.shape[${i}]`));
  if (!sameShape(sizes, wanted)) {
    throw new TypeError(`load: ${path}.shape is ${showShape(sizes)}, the layer needs ${showShape(wanted)}`);
  }
  const numbers = list(data, `${path}.data`);
  const size = sizes.reduce((product, n) => product * n, 1);
  if (numbers.length !== size) {
    throw new TypeError(`load: ${path}.data has ${numbers.length} numbers, its shape needs ${size}`);
  }
  const values = dtype === 'float32' ? new Float32Array(size) : new Float64Array(size);
  numbers.forEach((x, i) => {
    if (typeof x === 'number') values[i] = x;
    if (typeof x !== 'number' || !Number.isFinite(values[i])) {
      throw new TypeError(`load: ${path}.data[${i}] must be a finite ${dtype} number, got ${show(x)}`);
    }
  });
  return tensor(values, sizes);
}
