import { treeLeaves } from '@neuronseek/tensor';

/** Numbers in a tree of tensors: what a model learns when the tree is its parameters. */
export function parameterCount(tree: unknown): number {
  return treeLeaves(tree).reduce((total, x) => total + x.size, 0);
}
