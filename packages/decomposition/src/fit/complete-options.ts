import type { Key } from '@neuronseek/tensor/random';
import { checkKey } from '../checks/check-key.js';

/** The options that most fits have and that are checked alike. */
interface CommonOptions {
  readonly key?: Key;
  readonly maxIterations?: number;
  readonly tolerance?: number;
}

/**
 * Options with the defaults filled in, the common ones checked; an option given as undefined means its default.
 *
 * @throws RangeError where key, maxIterations or tolerance is out of range
 */
export function completeOptions<D extends object, O extends object>(name: string, defaults: D, options: O): D & O {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`${name}: options is not an object: ${options}`);
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as O;
  const complete = { ...defaults, ...given };
  checkCommon(name, complete);
  return complete;
}

function checkCommon(name: string, { key, maxIterations, tolerance }: CommonOptions): void {
  if (key !== undefined) checkKey(name, key);
  if (maxIterations !== undefined && !(Number.isSafeInteger(maxIterations) && maxIterations >= 0)) {
    throw new RangeError(`${name}: maxIterations is not an integer from 0: ${maxIterations}`);
  }
  if (tolerance !== undefined && !(tolerance >= 0 && tolerance < 1)) {
    throw new RangeError(`${name}: tolerance is not a number from 0 to below 1: ${tolerance}`);
  }
}
