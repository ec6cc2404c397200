import type { Expression } from '../expression.js';
import { partsOf } from '../map-parts.js';

/** Text that two formulas share exactly when they are the same tree. */
export function keyOf(e: Expression): string {
  switch (e.op) {
    case 'number':
      return Object.is(e.value, -0) ? '-0' : `${e.value}`;
    case 'feature':
      return `x${e.index}`;
    case 'vector':
      return 'x';
    case 'call':
      return `${e.name}(${keyOf(e.argument)})`;
    default:
      return `${e.op}(${partsOf(e).map(keyOf).join()})`;
  }
}

const kinds: readonly Expression['op'][] = [
  'feature',
  'vector',
  'power',
  'multiply',
  'divide',
  'call',
  'add',
  'total',
  'negate',
  'number',
];

/** The canonical sequence of parts: features by index, then powers, products, functions, sums; 0 for the same tree only. */
export function compareExpressions(a: Expression, b: Expression): number {
  if (a.op === 'feature' && b.op === 'feature') return a.index - b.index;
  if (a.op === 'number' && b.op === 'number' && a.value !== b.value) return a.value < b.value ? -1 : 1;
  const kind = kinds.indexOf(a.op) - kinds.indexOf(b.op);
  if (kind !== 0) return kind;
  if (a.op === 'call' && b.op === 'call' && a.name !== b.name) return a.name < b.name ? -1 : 1;
  const [ours, theirs] = [partsOf(a), partsOf(b)];
  for (let i = 0; i < Math.min(ours.length, theirs.length); i++) {
    const order = compareExpressions(ours[i], theirs[i]);
    if (order !== 0) return order;
  }
  return ours.length - theirs.length;
}
