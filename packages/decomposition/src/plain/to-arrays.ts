import { isTensor, type Tensor, tensor } from '@neuronseek/tensor';
import { enter, properties } from './to-plain.js';

/** The entry that says what the others are. */
export const STRUCTURE = 'structure';

/**
 * A result of this package, or anything made of tensors, numbers, strings, booleans, null, lists and objects, as tensors by name, the way `encodeNpz` of
 * @neuronseek/tensor/io takes them; `fromArrays` makes the same of them again, bit for bit.
 *
 * Names are paths: `weights`, `factors.0`, `trace`; a single tensor is called `value`. Numbers become tensors of order 0, lists of numbers float64 vectors. The
 * rest, names and strings, stands in `structure`: JSON as an int32 vector of code points, in NumPy `''.join(map(chr, z['structure']))`. Properties that are
 * undefined are left out.
 *
 * Cost: copies of the lists; tensors are handed on as they are.
 *
 * @throws TypeError where there is something else, a function for instance, named with its place; RangeError where two parts have one name
 */
export function toArrays(value: unknown): Record<string, Tensor> {
  const arrays = new Map<string, Tensor>();
  const put = (kind: string, path: string, x: Tensor): string => {
    const name = path === '' ? 'value' : path;
    if (name === STRUCTURE || arrays.has(name)) throw new RangeError(`toArrays: two parts have one name: ${name}`);
    arrays.set(name, x);
    return `${kind}:${name}`;
  };
  const describe = (path: string, part: unknown, outer: readonly unknown[]): unknown => {
    const at = path === '' ? '$' : `$.${path}`;
    const inside = (name: string | number): string => (path === '' ? `${name}` : `${path}.${name}`);
    if (isTensor(part)) return put('tensor', path, part);
    if (typeof part === 'number') return put('number', path, tensor(part));
    if (typeof part === 'string') return `text:${part}`;
    if (part === null || typeof part === 'boolean') return part;
    if (Array.isArray(part)) {
      if (part.length > 0 && part.every((item) => typeof item === 'number')) {
        return put('list', path, tensor(Float64Array.from(part)));
      }
      const within = enter('toArrays', at, part, outer);
      return Array.from(part, (item: unknown, i) => describe(inside(i), item, within));
    }
    const within = enter('toArrays', at, part, outer);
    return Object.fromEntries(
      properties('toArrays', at, part).map(([name, v]) => [name, describe(inside(name), v, within)]),
    );
  };
  const structure = JSON.stringify(describe('', value, []));
  const codes = Int32Array.from(Array.from(structure, (character) => character.codePointAt(0) ?? 0));
  return Object.fromEntries([...arrays, [STRUCTURE, tensor(codes)]]);
}
