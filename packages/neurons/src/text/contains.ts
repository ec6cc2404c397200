import type { Expression } from '../expressions/expression.js';
import { partsOf } from './check-tree.js';

/** Whether some node of the tree is as asked. */
export function contains(root: Expression, asked: (node: Expression) => boolean): boolean {
  return asked(root) || partsOf(root).some((part) => contains(part, asked));
}

/** Whether the value depends on neither a feature nor the vector symbol; a total counts as dependent, since it is over the inputs. */
export function isConstant(root: Expression): boolean {
  return !contains(root, ({ op }) => op === 'feature' || op === 'vector' || op === 'total');
}
