import type { Interval } from '../exact/interval.js';
import type { Box } from '../targets/target-function.js';

/**
 * Calls `look` with every box that a tree of halvings leaves whole, and returns the first fault: of the text, or found by `look`. Boxes are made
 * here, from the domain, so that they cover it whatever the text says.
 */
export function forEachBox(
  splits: string | undefined,
  domain: Box,
  look: (box: readonly Interval[]) => string | undefined,
): string | undefined {
  if (typeof splits !== 'string' || splits === '') return 'the tree of halvings is missing';
  const open: (readonly Interval[])[] = [domain.map(([a, b]): Interval => [a, b])];
  for (let i = 0; i < splits.length; i++) {
    const box = open.pop();
    if (!box) return `the tree of halvings ends at ${i}, its text goes on to ${splits.length}`;
    if (splits[i] === '.') {
      const fault = look(box);
      if (fault) return fault;
      continue;
    }
    const axis = splits.charCodeAt(i) - 97;
    if (!(axis >= 0 && axis < box.length)) return `the tree of halvings has no axis at ${i}: ${splits[i]}`;
    const [a, b] = box[axis];
    const m = a + (b - a) / 2;
    if (!(m > a && m < b)) return `the tree of halvings halves [${a}, ${b}], which has no double inside`;
    open.push(
      box.map((side, k): Interval => (k === axis ? [m, b] : side)),
      box.map((side, k): Interval => (k === axis ? [a, m] : side)),
    );
  }
  return open.length > 0 ? `the tree of halvings stops with ${open.length} boxes open` : undefined;
}
