import type { Key } from '@neuronseek/tensor/random';
import { checkKey } from '../checks/check-key.js';

/** The options that most fits have and that are checked alike. */
interface CommonOptions {
  readonly key?: Key;
  readonly maxIterations?: number;
  readonly tolerance?: number;
  readonly signal?: unknown;
  readonly onProgress?: unknown;
}

/** Options of every fit that have no default. */
const WITHOUT_DEFAULT: readonly string[] = ['signal', 'onProgress'];

/**
 * Options with the defaults filled in, the common ones checked; an option given as undefined means its default.
 *
 * What is neither among the defaults nor `optional` is refused: a misspelt option would otherwise do nothing.
 *
 * @throws TypeError where options is not an object or has an unknown name, or signal or onProgress is none; RangeError where key, maxIterations or tolerance is out of range
 */
export function completeOptions<D extends object, O extends object>(
  name: string,
  defaults: D,
  options: O,
  optional: readonly string[] = [],
): D & O {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`${name}: options is not an object: ${options}`);
  for (const option of Object.keys(options)) {
    if (Object.hasOwn(defaults, option) || WITHOUT_DEFAULT.includes(option) || optional.includes(option)) continue;
    const known = [...Object.keys(defaults), ...optional, ...WITHOUT_DEFAULT].join(', ');
    throw new TypeError(`${name}: unknown option ${option}: the options are ${known}`);
  }
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as O;
  const complete = { ...defaults, ...given };
  checkCommon(name, complete);
  return complete;
}

function checkCommon(name: string, { key, maxIterations, tolerance, signal, onProgress }: CommonOptions): void {
  if (key !== undefined) checkKey(name, key);
  if (maxIterations !== undefined && !(Number.isSafeInteger(maxIterations) && maxIterations >= 0)) {
    throw new RangeError(`${name}: maxIterations is not an integer from 0: ${maxIterations}`);
  }
  if (tolerance !== undefined && !(tolerance >= 0 && tolerance < 1)) {
    throw new RangeError(`${name}: tolerance is not a number from 0 to below 1: ${tolerance}`);
  }
  // Of any realm and version: what is asked of it is whether it is aborted.
  if (signal !== undefined && typeof Object(signal).aborted !== 'boolean') {
    throw new TypeError(`${name}: signal is not an AbortSignal: ${String(signal)}`);
  }
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new TypeError(`${name}: onProgress is not a function: ${String(onProgress)}`);
  }
}
