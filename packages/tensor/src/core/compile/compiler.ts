import { copyStrided } from '../../kernels/copy/index.js';
import { allocate } from '../allocate.js';
import type { TypedArray } from '../dtype.js';
import { isContiguous } from '../shape.js';
import { Tensor } from '../tensor.js';
import { treeLeaves, treeMap } from '../tree.js';
import { keyOf } from './key-of.js';
import { type Plan, planOf } from './plan.js';
import type { Traced } from './trace.js';

/** So many plans are kept, those used last: one for each shape of the arguments. */
const MOST_PLANS = 16;

/** A plan and what the function returned while it was traced: the form of its results. */
export interface Compiled<R> {
  readonly plan: Plan;
  readonly result: R;
}

/** Makes a plan for the shapes, dtypes and constants of the arguments when they are met for the first time; the first buffers are `given`. */
export function compiler<A extends readonly unknown[], R>(
  traced: (args: A) => Traced<R>,
  given: readonly TypedArray[],
): (args: A) => Compiled<R> {
  const plans = new Map<string, Compiled<R>>();
  const identify = weakIdentity();
  return (args) => {
    const signature = signatureOf(args, identify);
    let compiled = plans.get(signature);
    if (compiled === undefined) {
      const { program, result } = traced(args);
      compiled = { plan: planOf(program, given), result };
    }
    // Again at the end: the first one is that not used for the longest time.
    plans.delete(signature);
    plans.set(signature, compiled);
    for (const [oldest, { plan }] of plans) {
      if (plans.size <= MOST_PLANS) break;
      plans.delete(oldest);
      // Now, for a collector that does not see this memory has no reason to hurry.
      plan.storage.release();
    }
    return compiled;
  };
}

/** What a plan depends on: the forms of the tensors, and the rest with undefined in their places. */
function signatureOf(args: readonly unknown[], identify: (object: object) => number): string {
  const tensors: string[] = [];
  const rest = treeMap(({ dtype, shape }, path) => {
    tensors.push(`${path}:${dtype}[${shape}]`);
    return undefined;
  }, args as unknown);
  return `${keyOf(tensors, identify)}${keyOf(rest, identify)}`;
}

/** As in a trace, over many calls: an object that nobody else has any more is forgotten. */
function weakIdentity(): (object: object) => number {
  const numbers = new WeakMap<object, number>();
  let next = 0;
  return (object) => {
    const number = numbers.get(object) ?? next++;
    numbers.set(object, number);
    return number;
  };
}

/** Copies the elements of x, in row-major order. */
export function copyInto(to: TypedArray, x: Tensor): void {
  const { data, offset, strides, shape } = x;
  if (!isContiguous(shape, strides)) copyStrided(to, 0, data, offset, strides, shape);
  else if (data.length === to.length) to.set(data);
  else to.set(data.subarray(offset, offset + to.length));
}

/** Copies tensors into the buffers from the one on that is numbered `first`. */
export function copyAll(to: readonly TypedArray[], tensors: readonly Tensor[], first: number = 0): void {
  for (let i = 0; i < tensors.length; i++) copyInto(to[first + i], tensors[i]);
}

/** The tree with its tensors replaced by copies of the results, of which the first `skip` belong to somebody else. */
export function resultOf<R>(form: R, results: readonly Tensor[], skip: number): R {
  let next = skip;
  return treeMap(() => copyOf(results[next++]), form);
}

/** The same numbers in a buffer of their own. */
export function copyOf(x: Tensor): Tensor {
  const data = allocate(x.dtype, x.size);
  copyInto(data, x);
  return new Tensor(data, x.dtype, x.shape);
}

/** Whether nothing of this is being differentiated. */
export function isPlain(args: unknown): boolean {
  return treeLeaves(args).every(({ node }) => node === undefined);
}
