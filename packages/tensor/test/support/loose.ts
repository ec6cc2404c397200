import * as api from '../../src/index.js';

/** The public functions by name, as plain JavaScript sees them: without types. */
export const functions: ReadonlyMap<string, unknown> = new Map(Object.entries(api));

/** A public function called with arguments that its types forbid. */
export function loose(name: keyof typeof api): (...args: unknown[]) => unknown {
  const f = functions.get(name);
  if (typeof f !== 'function') throw new Error(`${name} is not a function`);
  return (...args) => Reflect.apply(f, undefined, args);
}
