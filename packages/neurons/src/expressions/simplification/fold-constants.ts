import type { Expression } from '../expression.js';
import { partsOf } from '../map-parts.js';
import { loops } from '../program/loops.js';

/** The value of a node whose parts are numbers, by the arithmetic of programs; undefined where a part is none or the value is not finite. */
export function foldedNumber(e: Expression): number | undefined {
  const values: number[] = [];
  for (const part of partsOf(e)) {
    if (part.op !== 'number') return undefined;
    values.push(part.value);
  }
  if (values.length === 0) return undefined;
  const value = computed(e, values);
  return value !== undefined && Number.isFinite(value) ? value + 0 : undefined;
}

function computed(e: Expression, values: readonly number[]): number | undefined {
  const [a, b] = values;
  const scratch = Float64Array.of(0, a, b ?? a);
  switch (e.op) {
    case 'add':
      return values.reduce((sum, value) => sum + value);
    case 'multiply':
      return values.reduce((product, value) => product * value);
    case 'negate':
    case 'divide':
    case 'power':
      loops[e.op](scratch, 0, 1, 2, 1);
      return scratch[0];
    case 'call':
      loops[e.name](scratch, 0, 1, 2, 1);
      return scratch[0];
    default:
      return undefined;
  }
}
