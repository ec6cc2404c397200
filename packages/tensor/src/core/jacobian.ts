import { allocate } from './allocate.js';
import type { TensorLike } from './as-tensor.js';
import { zerosLike } from './create.js';
import { expectFunction } from './expect-function.js';
import { pushforward } from './jvp.js';
import { astype } from './ops/astype.js';
import { stack } from './ops/concat.js';
import { reshape } from './ops/reshape.js';
import { Tensor } from './tensor.js';
import { treeLeaves, treeMap } from './tree.js';
import { vjpNamed } from './vjp.js';

/** The form of a Jacobian: V with a tree like T at the place of every tensor. */
export type Jacobian<V, T> = V extends Tensor ? T : { [K in keyof V]: Jacobian<V[K], T> };

/**
 * Turns a function into one that returns its Jacobian with respect to the first argument: a tensor of shape [...output, ...input] for
 * every pair of an output and an input tensor; of trees, a tree like the input at the place of every output. Other arguments are passed on.
 *
 * Built row by row from pullbacks, or column by column where there are fewer inputs than outputs. Cost: min(inputs, outputs) times a small
 * constant times that of f. Differentiable to any order. Throws what {@link vjp} throws.
 */
export function jacobian<V, R extends readonly unknown[]>(
  f: (x: TensorLike, ...rest: R) => V,
): (x: Tensor, ...rest: R) => Jacobian<V, Tensor>;
export function jacobian<T, V, R extends readonly unknown[]>(
  f: (x: T, ...rest: R) => V,
): (x: T, ...rest: R) => Jacobian<V, T>;
export function jacobian<T, V, R extends readonly unknown[]>(
  f: (x: T, ...rest: R) => V,
): (x: T, ...rest: R) => Jacobian<V, T> {
  expectFunction('jacobian', f);
  return (x, ...rest) => jacobianNamed('jacobian', (primals: T) => f(primals, ...rest), x);
}

/** {@link jacobian} under the name of the function that the user called. */
export function jacobianNamed<T, V>(name: string, f: (x: T) => V, x: T): Jacobian<V, T>;
export function jacobianNamed(name: string, f: (x: unknown) => unknown, x: unknown): unknown {
  const { value, pullback } = vjpNamed(name, f, x);
  const inputs = treeLeaves(x);
  const outputs = treeLeaves(value);
  const blocks =
    sizeOfAll(inputs) < sizeOfAll(outputs)
      ? byColumns(pushforward(name, value, pullback), x, inputs, outputs)
      : byRows(pullback, value, inputs, outputs);
  let output = 0;
  return treeMap((): unknown => {
    const row = blocks[output++];
    let input = 0;
    return treeMap(() => row[input++], x);
  }, value);
}

/** One block an output and input: rows are what the pullback makes of the unit cotangents. */
function byRows(
  pullback: (cotangent: unknown) => unknown,
  value: unknown,
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
): Tensor[][] {
  return outputs.map((y, o) => {
    const rows = units(value, o, y).map((unit) => treeLeaves(pullback(unit)));
    return inputs.map((t, i) =>
      joined(
        rows.map((row) => row[i]),
        [...y.shape, ...t.shape],
        t,
        0,
      ),
    );
  });
}

function byColumns(
  push: (tangents: unknown) => unknown,
  x: unknown,
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
): Tensor[][] {
  const columns = inputs.map((t, i) => units(x, i, t).map((unit) => treeLeaves(push(unit))));
  return outputs.map((y, o) =>
    inputs.map((t, i) =>
      joined(
        columns[i].map((column) => column[o]),
        [...y.shape, ...t.shape],
        t,
        y.order,
      ),
    ),
  );
}

/** Trees like `tree`, one for each element of its tensor number `leaf`: 1 there and 0 everywhere else. */
function units(tree: unknown, leaf: number, like: Tensor): unknown[] {
  return Array.from({ length: like.size }, (_, element) => {
    let next = 0;
    return treeMap((t) => {
      if (next++ !== leaf) return zerosLike(t);
      const data = allocate(t.dtype, t.size);
      data[element] = 1;
      return new Tensor(data, t.dtype, t.shape);
    }, tree);
  });
}

function joined(parts: readonly Tensor[], shape: readonly number[], like: Tensor, axis: number): Tensor {
  if (parts.length === 0) return new Tensor(allocate(like.dtype, 0), like.dtype, shape);
  return astype(reshape(stack(parts, { axis }), shape), like.dtype);
}

function sizeOfAll(tensors: readonly Tensor[]): number {
  return tensors.reduce((total, t) => total + t.size, 0);
}
