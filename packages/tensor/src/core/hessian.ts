import type { TensorLike } from './as-tensor.js';
import { onesLike, zeros } from './create.js';
import { expectFunction } from './expect-function.js';
import { scalarVjp } from './grad.js';
import { type Jacobian, jacobianNamed } from './jacobian.js';
import { checkTangents } from './jvp.js';
import { add, mul } from './ops/arithmetic.js';
import { sum } from './ops/sum-broadcast.js';
import type { Tensor } from './tensor.js';
import { treeLeaves } from './tree.js';
import { vjpNamed } from './vjp.js';

/**
 * Turns a scalar function into one that returns the matrix of its second derivatives with respect to the first argument: of shape
 * [...x, ...x]; of a tree, a tree of trees. Other arguments are passed on. Cost: the number of inputs times a small constant times
 * that of f; for a product with a vector alone see {@link hvp}. Differentiable to any order. Throws what {@link grad} throws.
 */
export function hessian<R extends readonly unknown[]>(
  f: (x: TensorLike, ...rest: R) => Tensor,
): (x: Tensor, ...rest: R) => Tensor;
export function hessian<T, R extends readonly unknown[]>(
  f: (x: T, ...rest: R) => Tensor,
): (x: T, ...rest: R) => Jacobian<T, T>;
export function hessian<T, R extends readonly unknown[]>(
  f: (x: T, ...rest: R) => Tensor,
): (x: T, ...rest: R) => Jacobian<T, T> {
  expectFunction('hessian', f);
  return (x, ...rest) => jacobianNamed('hessian', (primals: T) => scalarVjp('hessian', f, primals, rest).grad, x);
}

/**
 * Hessian–vector product: the second derivatives of a scalar function at x, times v, without forming them. x and v are tensors or trees of the
 * same shapes; the result is a tree like x. Cost: a small constant times that of f. Differentiable to any order. Throws what {@link grad}
 * throws, and a RangeError when v does not fit x.
 */
export function hvp<T>(f: (x: T) => Tensor, x: T, v: T): T {
  expectFunction('hvp', f);
  checkTangents('hvp', x, v);
  const along = treeLeaves(v);
  // ∂/∂x ⟨∇f(x), v⟩
  const { value, pullback } = vjpNamed(
    'hvp',
    (primals: T) => {
      const terms = treeLeaves(scalarVjp('hvp', f, primals, []).grad).map((slope, i) => sum(mul(slope, along[i])));
      return terms.length === 0 ? zeros([]) : terms.reduce(add);
    },
    x,
  );
  return pullback(onesLike(value));
}
