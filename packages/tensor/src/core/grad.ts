import type { TensorLike } from './as-tensor.js';
import { onesLike } from './create.js';
import { describeValue } from './describe-value.js';
import { expectFunction } from './expect-function.js';
import { showShape } from './shape.js';
import { isTensor, type Tensor } from './tensor.js';
import { vjpNamed } from './vjp.js';

/** What `valueAndGrad(f)` returns. */
export interface ValueAndGrad<T> {
  readonly value: Tensor;
  readonly grad: T;
}

// Operations take numbers as well as tensors; their gradient is that of a tensor, hence the first signature.

/**
 * Turns a scalar function into one that returns its value and its gradient with respect to the first argument, a tensor or a
 * tree of tensors. The other arguments are passed on as they are. Throws a RangeError when f returns more than one number, and
 * what {@link vjp} throws.
 */
export function valueAndGrad<R extends readonly unknown[]>(
  f: (x: TensorLike, ...rest: R) => Tensor,
): (x: Tensor, ...rest: R) => ValueAndGrad<Tensor>;
export function valueAndGrad<T, R extends readonly unknown[]>(
  f: (x: T, ...rest: R) => Tensor,
): (x: T, ...rest: R) => ValueAndGrad<T>;
export function valueAndGrad<T, R extends readonly unknown[]>(
  f: (x: T, ...rest: R) => Tensor,
): (x: T, ...rest: R) => ValueAndGrad<T> {
  expectFunction('valueAndGrad', f);
  return (x, ...rest) => scalarVjp('valueAndGrad', f, x, rest);
}

/** The gradient alone: see {@link valueAndGrad}. `grad(grad(f))` works, to any order, as long as the inner result is one number. */
export function grad<R extends readonly unknown[]>(
  f: (x: TensorLike, ...rest: R) => Tensor,
): (x: Tensor, ...rest: R) => Tensor;
export function grad<T, R extends readonly unknown[]>(f: (x: T, ...rest: R) => Tensor): (x: T, ...rest: R) => T;
export function grad<T, R extends readonly unknown[]>(f: (x: T, ...rest: R) => Tensor): (x: T, ...rest: R) => T {
  expectFunction('grad', f);
  return (x, ...rest) => scalarVjp('grad', f, x, rest).grad;
}

/** {@link valueAndGrad} under the name of the function that the user called. */
export function scalarVjp<T, R extends readonly unknown[]>(
  name: string,
  f: (x: T, ...rest: R) => Tensor,
  x: T,
  rest: R,
): ValueAndGrad<T> {
  const { value, pullback } = vjpNamed(name, (primals: T) => f(primals, ...rest), x);
  if (!isTensor(value)) {
    throw new TypeError(`${name}: the function must return one number, it returned ${describeValue(value)}`);
  }
  if (value.size !== 1) {
    throw new RangeError(`${name}: the function must return one number, it returned shape ${showShape(value.shape)}`);
  }
  return { value, grad: pullback(onesLike(value)) };
}
