import { showShape } from '@neuronseek/tensor';

/** Refuses what is not a list of at least one positive integer. */
export function checkSizes(name: string, argument: string, shape: readonly number[]): void {
  if (!Array.isArray(shape)) throw new TypeError(`${name}: ${argument} is not a list of sizes: ${String(shape)}`);
  if (shape.length > 0 && shape.every((size) => Number.isSafeInteger(size) && size > 0)) return;
  throw new RangeError(`${name}: ${argument} is not a list of positive integers: ${showShape(shape)}`);
}
