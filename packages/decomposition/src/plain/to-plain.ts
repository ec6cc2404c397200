import { type DType, flatten, isTensor, type Tensor } from '@neuronseek/tensor';

/** A number as JSON can hold it: those that JSON has no text for are named. */
export type PlainNumber = number | { readonly number: 'NaN' | 'Infinity' | '-Infinity' | '-0' };

/** A tensor as JSON can hold it, elements in row-major order. */
export interface PlainTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: readonly PlainNumber[];
}

/** What JSON can hold. */
export type Plain =
  | null
  | boolean
  | string
  | PlainNumber
  | PlainTensor
  | readonly Plain[]
  | { readonly [name: string]: Plain };

/**
 * A result of this package, or anything made of tensors, numbers, strings, booleans, null, lists and objects, as data that JSON.stringify writes without
 * loss; `fromPlain` makes the same of them again, bit for bit.
 *
 * Tensors become `{ dtype, shape, data }`, as JSON.stringify writes them by itself; but NaN, infinities and -0, which JSON would turn into null and 0,
 * become `{ number: 'NaN' }`. Properties that are undefined are left out. Derivatives that tensors carry are left behind.
 *
 * Cost: a list of all elements.
 *
 * @throws TypeError where there is something else, a function for instance, or a part that contains itself, named with its place
 */
export function toPlain(value: unknown): Plain {
  return plainAt('$', value, []);
}

function plainAt(at: string, value: unknown, outer: readonly unknown[]): Plain {
  if (isTensor(value)) return plainTensor(value);
  if (typeof value === 'number') return plainNumber(value);
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  const within = enter('toPlain', at, value, outer);
  if (Array.isArray(value)) return Array.from(value, (item: unknown, i) => plainAt(`${at}[${i}]`, item, within));
  return Object.fromEntries(
    properties('toPlain', at, value).map(([name, v]) => [name, plainAt(`${at}.${name}`, v, within)]),
  );
}

function plainTensor(x: Tensor): PlainTensor {
  return { dtype: x.dtype, shape: [...x.shape], data: Array.from(flatten(x), plainNumber) };
}

function plainNumber(value: number): PlainNumber {
  if (Object.is(value, -0)) return { number: '-0' };
  if (Number.isFinite(value)) return value;
  return { number: Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity' };
}

/** The parts that a part stands in, and itself; refused where it stands in itself. */
export function enter(name: string, at: string, part: unknown, outer: readonly unknown[]): readonly unknown[] {
  if (outer.includes(part)) throw new TypeError(`${name}: ${at} contains itself`);
  return [...outer, part];
}

/** Names and values of an object of no class, but for those that are undefined. */
export function properties(name: string, at: string, value: unknown): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const prototype: unknown = Object.getPrototypeOf(value);
    // Objects of other realms have an Object.prototype of their own.
    if (prototype === null || Object.getPrototypeOf(prototype) === null) {
      return Object.entries(value).filter(([, v]) => v !== undefined);
    }
  }
  const received = typeof value === 'object' ? Object.prototype.toString.call(value) : typeof value;
  throw new TypeError(`${name}: ${at} is not plain data: ${received}`);
}
