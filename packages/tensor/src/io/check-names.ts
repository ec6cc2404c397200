import { expectTensor } from '../core/as-tensor.js';
import { describeValue } from '../core/describe-value.js';
import { isTensor, type Tensor } from '../core/tensor.js';
import { quote } from './bytes.js';

/** Name and tensor of every entry. Throws unless `tensors` is an object of tensors whose names UTF-8 can hold. */
export function expectTensors(op: string, tensors: unknown): [string, Tensor][] {
  if (typeof tensors !== 'object' || tensors === null || Array.isArray(tensors) || isTensor(tensors)) {
    const what = isTensor(tensors) ? 'a tensor; give it a name: { x }' : describeValue(tensors);
    throw new TypeError(`${op}: expected an object of tensors by name, got ${what}`);
  }
  return Object.entries(tensors).map(([name, x]) => {
    expectTensor(`${op}: ${quote(name)}`, x);
    checkText(op, name, 'the name');
    return [name, x];
  });
}

/** Throws a RangeError for half of a surrogate pair: written as UTF-8 it would become another character. */
export function checkText(op: string, text: string, what: string): void {
  if (/\p{Surrogate}/u.test(text)) throw new RangeError(`${op}: ${what} is not well-formed text: ${quote(text)}`);
}
