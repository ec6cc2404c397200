import { describeValue } from '../core/as-tensor.js';

/** Throws a TypeError naming `op` unless the options are an object with no names but the known ones. Their values are the caller's to check. */
export function checkOptionNames(op: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`${op}: options must be an object, got ${describeValue(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) throw new TypeError(`${op}: unknown option ${name}; it takes ${known.join(', ')}`);
  }
}
