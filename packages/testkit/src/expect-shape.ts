import type { Data } from './data.js';
import { formatShape } from './format-shape.js';
import { sizeOfShape } from './size-of-shape.js';

/** Fails unless `actual` has the shape and so many elements as that asks for; `what` names it in the message. */
export function expectShape(what: string, actual: Data, shape: readonly number[]): void {
  const same = actual.shape.length === shape.length && actual.shape.every((size, i) => size === shape[i]);
  if (!same) throw new Error(`${what}: shape is ${formatShape(actual.shape)}, expected ${formatShape(shape)}`);
  if (actual.data.length !== sizeOfShape(shape)) {
    throw new Error(`${what}: shape is ${formatShape(shape)}, but there are ${actual.data.length} elements`);
  }
}
