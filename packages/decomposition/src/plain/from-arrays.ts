import { flatten, isTensor, type Tensor } from '@neuronseek/tensor';
import { STRUCTURE } from './to-arrays.js';
import { properties } from './to-plain.js';

/**
 * What `toArrays` was given: `fromArrays<CpResult>(decodeNpz(bytes))`. Entries that `structure` does not name are ignored.
 *
 * That the result is a T is believed, not checked; functions that take a decomposition check its parts.
 *
 * @throws RangeError where an entry is missing or is not what `structure` says; TypeError where arrays is not an object
 */
export function fromArrays<T = unknown>(arrays: Readonly<Record<string, Tensor>>): T {
  const entries = new Map(properties('fromArrays', 'arrays', arrays));
  const read = (name: string): Tensor => {
    const x = entries.get(name);
    if (!isTensor(x)) throw new RangeError(`fromArrays: there is no tensor of this name: ${name}`);
    return x;
  };
  const rebuild = (part: unknown): unknown => {
    if (typeof part === 'string') return leaf(part, read);
    if (Array.isArray(part)) return part.map(rebuild);
    if (part === null || typeof part !== 'object') return part;
    return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, rebuild(value)]));
  };
  return rebuild(structureOf(read(STRUCTURE))) as T;
}

function structureOf(codes: Tensor): unknown {
  try {
    return JSON.parse(Array.from(flatten(codes), (code) => String.fromCodePoint(code)).join(''));
  } catch {
    throw new RangeError(`fromArrays: ${STRUCTURE} is not JSON`);
  }
}

function leaf(text: string, read: (name: string) => Tensor): unknown {
  const colon = text.indexOf(':');
  const [kind, name] = [text.slice(0, colon), text.slice(colon + 1)];
  switch (kind) {
    case 'text':
      return name;
    case 'tensor':
      return read(name);
    case 'number': {
      const x = read(name);
      if (x.order === 0) return x.item();
      throw new RangeError(`fromArrays: ${name} is not one number: its order is ${x.order}`);
    }
    case 'list':
      return Array.from(flatten(read(name)));
    default:
      throw new RangeError(`fromArrays: ${STRUCTURE} names an unknown kind: ${text}`);
  }
}
