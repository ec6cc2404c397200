import { type DType, showShape, type Tensor, tensor } from '@neuronseek/tensor';
import { productOf } from '../product-of.js';
import { properties } from './to-plain.js';

const DTYPES: ReadonlySet<unknown> = /* @__PURE__ */ new Set<DType>(['float64', 'float32', 'int32', 'bool']);

const NUMBERS: ReadonlyMap<unknown, number> = /* @__PURE__ */ new Map([
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0],
]);

/**
 * What `toPlain` was given: `fromPlain<CpResult>(JSON.parse(text))`. Reads what JSON.stringify makes of a result by itself, too.
 *
 * Every `{ dtype, shape, data }` becomes a tensor. That the rest is a T is believed, not checked; functions that take a decomposition check its parts.
 *
 * @throws TypeError or RangeError where a tensor or number is malformed, named with its place: `fromPlain: $.factors[0].data has 5 elements, expected 6`
 */
export function fromPlain<T = unknown>(plain: unknown): T {
  return valueAt('$', plain) as T;
}

function valueAt(at: string, plain: unknown): unknown {
  if (plain === null || typeof plain === 'boolean' || typeof plain === 'string' || typeof plain === 'number') {
    return plain;
  }
  if (Array.isArray(plain)) return Array.from(plain, (item: unknown, i) => valueAt(`${at}[${i}]`, item));
  const entries = properties('fromPlain', at, plain);
  const parts = new Map(entries);
  if (parts.size === 1 && parts.has('number')) {
    const named = NUMBERS.get(parts.get('number'));
    if (named !== undefined) return named;
  }
  if (parts.size === 3 && parts.has('dtype') && parts.has('shape') && parts.has('data')) {
    return tensorAt(at, parts.get('dtype'), parts.get('shape'), parts.get('data'));
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, valueAt(`${at}.${name}`, value)]));
}

function tensorAt(at: string, dtype: unknown, shape: unknown, data: unknown): Tensor {
  if (!isDType(dtype)) throw new RangeError(`fromPlain: ${at}.dtype is not a dtype: ${String(dtype)}`);
  if (!isShape(shape)) throw new RangeError(`fromPlain: ${at}.shape is not a list of sizes: ${String(shape)}`);
  if (!Array.isArray(data)) throw new TypeError(`fromPlain: ${at}.data is not a list: ${String(data)}`);
  if (data.length !== productOf(shape)) {
    throw new RangeError(
      `fromPlain: ${at}.data has ${data.length} elements, expected ${productOf(shape)} for shape ${showShape(shape)}`,
    );
  }
  const numbers = new Float64Array(data.length);
  data.forEach((item: unknown, i) => {
    const value = valueAt(`${at}.data[${i}]`, item);
    if (typeof value !== 'number') {
      throw new TypeError(`fromPlain: ${at}.data[${i}] is not a number: ${String(value)}`);
    }
    if (!holds(dtype, value)) throw new RangeError(`fromPlain: ${at}.data[${i}] does not fit dtype ${dtype}: ${value}`);
    numbers[i] = value;
  });
  return tensor(numbers, shape, { dtype });
}

/** Whether a number is one of a dtype; one that float32 rounds to a finite one counts, as people write them. */
function holds(dtype: DType, value: number): boolean {
  switch (dtype) {
    case 'int32':
      return (value | 0) === value;
    case 'bool':
      return value === 0 || value === 1;
    case 'float32':
      return !Number.isFinite(value) || Number.isFinite(Math.fround(value));
    default:
      return true;
  }
}

function isDType(value: unknown): value is DType {
  return DTYPES.has(value);
}

function isShape(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}
