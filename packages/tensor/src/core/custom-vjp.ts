import { call } from './call.js';
import { zerosLike } from './create.js';
import { describeValue } from './describe-value.js';
import { expectFunction } from './expect-function.js';
import type { Cotangents } from './node.js';
import { sameShape, showShape } from './shape.js';
import { treeLeaves, treeMap } from './tree.js';

/** Cotangents of the arguments, each of the form of its argument or undefined for zero, from that of the value. */
export type CustomRule<A extends readonly unknown[], V> = (
  cotangent: V,
  value: V,
  ...args: A
) => { readonly [K in keyof A]: A[K] | undefined };

/**
 * The same function with a derivative rule of the user's: `customVjp(f, (g, y, ...args) => [cotangent of each argument])`.
 *
 * Arguments and result are tensors or trees of tensors; an argument that is neither has the cotangent undefined. The rule is used in place of
 * the derivative of f and gets zeros for results that nobody used; written in operations it can be differentiated again. Throws a TypeError when f uses a tensor that is being
 * differentiated and is not an argument or when the rule returns no array, a RangeError for cotangents that do not fit the arguments.
 */
export function customVjp<A extends readonly unknown[], V>(
  f: (...args: A) => V,
  rule: CustomRule<A, V>,
): (...args: A) => V {
  expectFunction('customVjp', f);
  expectFunction('customVjp', rule, 'a rule, which is a function');
  return (...args) =>
    call('customVjp', f, args, (cotangents, value, at) => {
      let next = 0;
      const cotangent = treeMap((y) => cotangents[next++] ?? zerosLike(y), value);
      const given: readonly unknown[] = rule(cotangent, value, ...at);
      if (!Array.isArray(given) || given.length !== at.length) {
        throw new TypeError(
          `customVjp: the rule must return an array of ${at.length} cotangents, one an argument, got ${
            Array.isArray(given) ? given.length : describeValue(given)
          }`,
        );
      }
      return at.flatMap((arg, i) => fitted(i, arg, given[i]));
    });
}

function fitted(i: number, arg: unknown, cotangent: unknown): Cotangents {
  const leaves = treeLeaves(arg);
  if (cotangent === undefined) return leaves.map(() => undefined);
  const given = treeLeaves(cotangent);
  if (given.length !== leaves.length) {
    throw new RangeError(
      `customVjp: the rule gave ${given.length} tensors for argument ${i}, which has ${leaves.length}`,
    );
  }
  leaves.forEach((x, k) => {
    if (sameShape(x.shape, given[k].shape)) return;
    throw new RangeError(
      `customVjp: the cotangent of argument ${i} is ${showShape(given[k].shape)}, the argument is ${showShape(x.shape)}`,
    );
  });
  return given;
}
