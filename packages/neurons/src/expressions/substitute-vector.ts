import type { Expression } from './expression.js';
import { mapParts } from './map-parts.js';

/** The formula with something else for the vector symbol. */
export function substituteVector(e: Expression, by: Expression): Expression {
  return e.op === 'vector' ? by : mapParts(e, (part) => substituteVector(part, by));
}
