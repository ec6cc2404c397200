import { allocate } from './allocate.js';
import type { TensorLike } from './as-tensor.js';
import { expectFunction } from './expect-function.js';
import { transposed } from './jvp.js';
import type { Cotangents } from './node.js';
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
  const { value, pullback, pullLeaves } = vjpNamed(name, f, x);
  const inputs = treeLeaves(x);
  const outputs = treeLeaves(value);
  const blocks =
    sizeOfAll(inputs) < sizeOfAll(outputs)
      ? byColumns(transposed(name, value, pullback).pullLeaves, inputs, outputs)
      : byRows(pullLeaves, inputs, outputs);
  let output = 0;
  return treeMap((): unknown => {
    const row = blocks[output++];
    let input = 0;
    return treeMap(() => row[input++], x);
  }, value);
}

/** One block an output and input: rows are what the pullback makes of the unit cotangents. */
function byRows(
  pull: (cotangents: Cotangents) => unknown,
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
): Tensor[][] {
  return outputs.map((y, o) => {
    const rows = units(outputs, o).map((unit) => treeLeaves(pull(unit)));
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
  push: (tangents: Cotangents) => unknown,
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
): Tensor[][] {
  const columns = inputs.map((_, i) => units(inputs, i).map((unit) => treeLeaves(push(unit))));
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

/**
 * Every unit of one of the tensors: 1 in one element, and holes for the other tensors. A zero there would not do: it becomes NaN where it meets an
 * infinite slope.
 */
function units(tensors: readonly Tensor[], place: number): Cotangents[] {
  const { size, dtype, shape } = tensors[place];
  return Array.from({ length: size }, (_, element) => {
    const data = allocate(dtype, size);
    data[element] = 1;
    return tensors.map((_, i) => (i === place ? new Tensor(data, dtype, shape) : undefined));
  });
}

function joined(parts: readonly Tensor[], shape: readonly number[], like: Tensor, axis: number): Tensor {
  if (parts.length === 0) return new Tensor(allocate(like.dtype, 0), like.dtype, shape);
  return astype(reshape(stack(parts, { axis }), shape), like.dtype);
}

function sizeOfAll(tensors: readonly Tensor[]): number {
  return tensors.reduce((total, t) => total + t.size, 0);
}
