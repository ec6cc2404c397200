import { type Cotangents, depthOf, plainOf, record } from './node.js';
import type { Tensor } from './tensor.js';
import { treeLeaves, treeMap } from './tree.js';

/**
 * Cotangents of the tensors among the arguments from those of the tensors in the value, both in the order of treeLeaves: holes for what nobody
 * used, and only those `wanted` are needed. What it is given depends on enclosing derivatives where there are any.
 */
export type CallRule<A, V> = (cotangents: Cotangents, value: V, args: A, wanted: readonly boolean[]) => Cotangents;

/**
 * Calls f on plain tensors and records the call as one operation with a derivative rule of its own. Throws a TypeError, naming `name`, when f
 * uses a tensor that is being differentiated but is not among the arguments: its share of the derivative would be lost.
 */
export function call<A extends readonly unknown[], V>(
  name: string,
  f: (...args: A) => V,
  args: A,
  rule: CallRule<A, V>,
): V {
  const inputs = treeLeaves(args);
  const value = f(...treeMap(plainOf, args));
  const plain = treeLeaves(value);
  if (plain.some((t) => t.node !== undefined)) {
    throw new TypeError(
      `${name}: the function uses a tensor that is being differentiated and is not an argument; pass it as one`,
    );
  }
  const depth = depthOf(inputs);
  if (depth === 0 || plain.length === 0) return value;
  const outputs = record(name, depth, inputs, plain, (gs, outs, ins, wanted) =>
    rule(gs, replaced(value, outs), replaced(args, ins), wanted),
  );
  return replaced(value, outputs);
}

/** The tree with other tensors at the places of its own. */
export function replaced<T>(tree: T, tensors: readonly Tensor[]): T {
  let next = 0;
  return treeMap(() => tensors[next++], tree);
}
