import { call, replaced } from './call.js';
import { isFloating } from './dtype.js';
import { expectFunction } from './expect-function.js';
import type { Tensor } from './tensor.js';
import { treeLeaves } from './tree.js';
import { vjpNamed } from './vjp.js';

/**
 * The same function, whose intermediate tensors are not kept for the backward pass but computed again there (Griewank 1992; `jax.checkpoint`).
 *
 * Arguments and result are tensors or trees of tensors; arguments that are neither are passed on. Same values and derivatives, to any
 * order; cost: one more evaluation of f a backward pass, memory: arguments and result alone. f must be pure, and every tensor to
 * differentiate must be an argument: a TypeError says so when one is not.
 */
export function checkpoint<A extends readonly unknown[], V>(f: (...args: A) => V): (...args: A) => V {
  expectFunction('checkpoint', f);
  return (...args) =>
    call('checkpoint', f, args, (cotangents, _value, at, wanted) => {
      const leaves = treeLeaves(at);
      const free = leaves.flatMap((t, i) => (wanted[i] && isFloating(t.dtype) ? [i] : []));
      const ofFree = (variables: readonly Tensor[]): V => {
        const all = [...leaves];
        free.forEach((leaf, i) => {
          all[leaf] = variables[i];
        });
        return f(...replaced(at, all));
      };
      // As without a checkpoint, nothing is asked of results that nobody used: they may have no derivative, or 0·Infinity.
      const pulled = vjpNamed(
        'checkpoint',
        ofFree,
        free.map((i) => leaves[i]),
      ).pullLeaves(cotangents);
      return leaves.map((_, i) => pulled[free.indexOf(i)]);
    });
}
