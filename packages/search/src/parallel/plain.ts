import { flatten, isTensor, type Tensor, tensor } from '@neuronseek/tensor';

/** A tensor as threads are sent one. */
export interface PlainTensor {
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

/** The elements as float64 in memory that all threads see, where there are threads: they are not copied again for each. */
export function toPlain(x: Tensor): PlainTensor {
  const elements = flatten(x);
  const bytes = 8 * elements.length;
  const data = new Float64Array(
    typeof SharedArrayBuffer === 'function' ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes),
  );
  data.set(elements);
  return { data, shape: x.shape };
}

/** The tensor again; elements are copied out of memory that others see. */
export function fromPlain({ data, shape }: PlainTensor): Tensor {
  return tensor(data.slice(), shape);
}

/** A value that structured clones keep, with the tensors in it as `plainTensor`. Throws a TypeError, naming `op` and the place, for a function. */
export function plainOptions(op: string, at: string, value: unknown): unknown {
  if (typeof value === 'function') throw new TypeError(`${op}: ${at} must be data that can travel: got a function`);
  if (typeof value !== 'object' || value === null) return value;
  if (isTensor(value)) return { plainTensor: toPlain(value) };
  if (Array.isArray(value)) return value.map((item, i) => plainOptions(op, `${at}[${i}]`, item));
  if (ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, plainOptions(op, `${at}.${name}`, item)]),
  );
}

/** The value again, with its tensors. */
export function optionsAgain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(optionsAgain);
  if (isPlain(value)) return fromPlain(value.plainTensor);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, optionsAgain(item)]));
}

function isPlain(value: object): value is { readonly plainTensor: PlainTensor } {
  return 'plainTensor' in value;
}
