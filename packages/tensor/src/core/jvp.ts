import { zerosLike } from './create.js';
import { isFloating } from './dtype.js';
import { expectFunction } from './expect-function.js';
import { sameShape, showShape } from './shape.js';
import type { Tensor } from './tensor.js';
import { treeLeaves, treeMap } from './tree.js';
import { vjpNamed } from './vjp.js';

/** What `jvp` returns. */
export interface Jvp<V> {
  /** f(primals). */
  readonly value: V;
  /** The Jacobian of f at the primals times the tangents: of the form of `value`. */
  readonly tangent: V;
}

/**
 * Jacobian–vector product: f(primals) and ∂f/∂primals·tangents, the derivative along a direction.
 *
 * Primals, tangents and what f returns are tensors or trees of tensors; the tangents have the shapes of the primals. Computed as the
 * transpose of the transposed Jacobian: the pullback of f is linear in its cotangent, so that its own pullback is the product. Cost: a
 * small constant times that of f, about twice that of a gradient. Differentiable to any order. Throws what {@link vjp} throws, and a
 * RangeError for tangents that do not fit.
 */
export function jvp<T, V = Tensor>(f: (primals: T) => V, primals: T, tangents: T): Jvp<V> {
  expectFunction('jvp', f);
  checkTangents('jvp', primals, tangents);
  const { value, pullback } = vjpNamed('jvp', f, primals);
  return { value, tangent: transposed('jvp', value, pullback).pullback(tangents) };
}

/** The Jacobian as a linear map, which is the pullback of its transpose. */
export function transposed<T, V>(
  name: string,
  value: V,
  pullback: (cotangent: V) => T,
): ReturnType<typeof vjpNamed<V, T>> {
  const origin = treeMap((x) => {
    if (!isFloating(x.dtype)) throw new TypeError(`${name}: the function returned ${x.dtype}, which has no derivative`);
    return zerosLike(x);
  }, value);
  return vjpNamed(name, pullback, origin);
}

/** Throws unless the tangents are tensors of the shapes of the primals. */
export function checkTangents(name: string, primals: unknown, tangents: unknown): void {
  const at = treeLeaves(primals);
  const along = treeLeaves(tangents);
  if (at.length !== along.length) {
    throw new RangeError(`${name}: the tangents have ${along.length} tensors, the primals have ${at.length}`);
  }
  for (let i = 0; i < at.length; i++) {
    if (sameShape(at[i].shape, along[i].shape)) continue;
    throw new RangeError(
      `${name}: the tangent is ${showShape(along[i].shape)}, the primal is ${showShape(at[i].shape)}`,
    );
  }
}
