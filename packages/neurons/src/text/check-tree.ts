import type { Expression } from '../expressions/expression.js';

/** Nodes on the longest way from the root of a tree to a leaf that text may have. */
export const maxDepth = 500;

/** The parts of an expression, in sequence. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.op) {
    case 'number':
    case 'feature':
    case 'vector':
      return [];
    case 'add':
      return expression.terms;
    case 'multiply':
      return expression.factors;
    case 'divide':
      return [expression.numerator, expression.denominator];
    case 'power':
      return [expression.base, expression.exponent];
    case 'total':
    case 'negate':
    case 'call':
      return [expression.argument];
  }
}

/** Throws a RangeError for a tree of more than {@link maxDepth} nodes in depth; it needs no depth of its own. */
export function checkDepth(name: string, at: string, root: Expression): void {
  // A set, so that parts which several nodes share are walked once.
  let layer = new Set<Expression>([root]);
  for (let depth = 1; layer.size > 0; depth++) {
    if (depth > maxDepth) throw new RangeError(`${name}: ${at} must be at most ${maxDepth} nodes deep: got more`);
    const below = new Set<Expression>();
    for (const node of layer) for (const part of partsOf(node)) below.add(part);
    layer = below;
  }
}
