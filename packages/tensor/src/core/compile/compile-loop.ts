import { describeValue } from '../describe-value.js';
import type { TypedArray } from '../dtype.js';
import { expectFunction } from '../expect-function.js';
import { isContiguous } from '../shape.js';
import { Tensor } from '../tensor.js';
import { isTree, treeLeaves, treeMap } from '../tree.js';
import { createBuffers } from './buffers.js';
import { compiler, copyAll, copyInto, copyOf, isPlain, resultOf } from './compiler.js';
import { inFormOf } from './in-form-of.js';
import { recorder } from './recorder.js';
import { trace } from './trace.js';

/** What {@link compileLoop} returns. */
export interface CompiledLoop<S, A extends readonly unknown[], R> {
  /** Takes one step and returns what f returned besides the next state. */
  readonly step: (...args: A) => R;
  /** The state as it is now, in tensors of its own. Cost: a copy. */
  readonly state: () => S;
}

/**
 * {@link compileStep} for a loop: f makes the next state out of a state, and the state stays in the buffers of the plan from step to step, where compileStep
 * would copy it out and in again.
 *
 * f returns the next state, a tree with tensors of the same shapes and dtypes at the same places, and something else; what is no tensor in the state stays as
 * it is, so a number that changes from step to step must be a tensor. A step that throws leaves the state as it was. Throws a TypeError for a state
 * that is being differentiated and a RangeError when f returns a state of another form; otherwise as compileStep.
 */
export function compileLoop<S, A extends readonly unknown[], R>(
  f: (state: S, ...args: A) => readonly [state: S, result: R],
  initial: S,
): CompiledLoop<S, A, R> {
  expectFunction('compileLoop', f);
  if (!isTree(initial)) {
    throw new TypeError(`compileLoop: expected a tree of tensors as the state, got ${describeValue(initial)}`);
  }
  expectPlain(initial);
  const start = treeLeaves(initial);
  const buffers = createBuffers(start);
  copyAll(buffers.arrays, start);
  const compile = compiler((args: A) => {
    const inForm = (state: S, ...rest: A): readonly [readonly Tensor[], R] => {
      const [next, result] = f(state, ...rest);
      return [inFormOf(initial, next), result];
    };
    return trace('compileLoop', inForm, [initial, ...args]);
  }, buffers.arrays);
  return {
    step: (...args) => {
      expectPlain(args);
      const { plan, result } = compile(args);
      copyAll(plan.inputs, treeLeaves(args), start.length);
      plan.run();
      const rest = resultOf(result[1], plan.results, start.length);
      advance(buffers.arrays, plan.results);
      return rest;
    },
    state: () => {
      let next = 0;
      return treeMap(({ dtype, shape }) => copyOf(new Tensor(buffers.arrays[next++], dtype, shape)), initial);
    },
  };
}

/** The next state becomes the state. */
function advance(state: readonly TypedArray[], results: readonly Tensor[]): void {
  const next = state.map((buffer, i) => {
    const x = results[i];
    if (x.data === buffer && isContiguous(x.shape, x.strides)) return undefined;
    // A part of the state that becomes another part could be overwritten before it is read.
    return state.includes(x.data) ? copyOf(x) : x;
  });
  for (const [i, x] of next.entries()) if (x !== undefined) copyInto(state[i], x);
}

function expectPlain(tree: unknown): void {
  if (recorder === undefined && isPlain(tree)) return;
  throw new TypeError('compileLoop: a loop cannot be differentiated, nor be part of another compiled function');
}
