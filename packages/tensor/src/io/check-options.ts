import { describeValue } from '../core/as-tensor.js';

/** Throws a TypeError naming `op` unless the options are an object. */
export function checkOptions(op: string, options: unknown): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`${op}: options must be an object, got ${describeValue(options)}`);
  }
}
