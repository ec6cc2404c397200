import { existsSync, readFileSync } from 'node:fs';
import { type Tensor, tensor } from '@neuronseek/tensor';

const folder = new URL('../../../../shared/fixtures/', import.meta.url);

/** Whether the folder of oracle values stands beside the project; it is not part of it. */
export const fixturesArePresent: boolean = existsSync(folder);

/** One node of a fixture: what JSON can hold. */
type Json = number | string | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Reads values of a fixture by path, such as `inputs.X`, `expect.mttkrp.0` or, with a dot in a name, `huber_0\\.315`; every miss is an error. */
export interface Fixture {
  tensor(path: string): Tensor;
  tensors(path: string): Tensor[];
  number(path: string): number;
  numbers(path: string): number[];
}

export function fixture(name: string): Fixture {
  const root: Json = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
  const at = (path: string): Json =>
    path.split(/(?<!\\)\./).reduce((node, escaped) => {
      const part = escaped.replace('\\.', '.');
      const child = isRecord(node) ? node[part] : Array.isArray(node) ? node[Number(part)] : undefined;
      if (child === undefined) throw new Error(`${name}.json has nothing at ${path}`);
      return child;
    }, root);
  const numbers = (path: string): number[] => list(path).map(Number);
  const list = (path: string): readonly Json[] => {
    const node = at(path);
    if (!Array.isArray(node)) throw new Error(`${name}.json has no list at ${path}`);
    return node;
  };
  const read = (path: string): Tensor => tensor(Float64Array.from(numbers(`${path}.data`)), numbers(`${path}.shape`));
  return {
    tensor: read,
    tensors: (path) => list(path).map((_, i) => read(`${path}.${i}`)),
    number: (path) => Number(at(path)),
    numbers,
  };
}

function isRecord(node: Json): node is { readonly [name: string]: Json } {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
