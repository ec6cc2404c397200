import { isTensor, sameShape, showShape, type Tensor } from '@neuronseek/tensor';
import type { Tree } from './rules.js';

/** The child of a tree at a name or index. Throws a TypeError when there is none: variables of another layer, most likely. */
export function branch(tree: Tree, name: string | number): Tree {
  if (!isTensor(tree) && Object.hasOwn(tree, name)) {
    const child = (tree as Readonly<Record<string | number, Tree>>)[name];
    if (child !== undefined) return child;
  }
  throw new TypeError(`apply: the variables have no "${name}": were they made by init for this layer?`);
}

/**
 * The tensor of a tree at a name. Throws a TypeError when there is none and a RangeError when it has another shape, because what fits by
 * broadcasting would give a wrong result without a word.
 */
export function leaf(tree: Tree, name: string, shape: readonly number[]): Tensor {
  const child = branch(tree, name);
  if (!isTensor(child)) throw new TypeError(`apply: "${name}" of the variables is not a tensor`);
  if (sameShape(child.shape, shape)) return child;
  throw new RangeError(
    `apply: "${name}" of the variables is ${showShape(child.shape)}, the layer needs ${showShape(shape)}`,
  );
}
