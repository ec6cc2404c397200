import { describeValue } from './describe-value.js';

/** Throws a TypeError naming `op` unless the value is a function; `what` says which. */
export function expectFunction(op: string, value: unknown, what = 'a function'): void {
  if (typeof value !== 'function') throw new TypeError(`${op}: expected ${what}, got ${describeValue(value)}`);
}
