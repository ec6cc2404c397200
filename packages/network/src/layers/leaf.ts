import { isTensor, type Tensor } from '@neuronseek/tensor';
import type { Tree } from './rules.js';

/** The child of a tree at a name or index. Throws a TypeError when there is none: variables of another layer, most likely. */
export function branch(tree: Tree, name: string | number): Tree {
  if (!isTensor(tree) && Object.hasOwn(tree, name)) {
    const child = (tree as Readonly<Record<string | number, Tree>>)[name];
    if (child !== undefined) return child;
  }
  throw new TypeError(`apply: the variables have no "${name}": were they made by init for this layer?`);
}

/** The tensor of a tree at a name. */
export function leaf(tree: Tree, name: string): Tensor {
  const child = branch(tree, name);
  if (isTensor(child)) return child;
  throw new TypeError(`apply: "${name}" of the variables is not a tensor`);
}
