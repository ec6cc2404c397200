import { onesLike, zeros } from './create.js';
import type { Cotangents } from './node.js';
import { add, mul } from './ops/arithmetic.js';
import { sum } from './ops/sum-broadcast.js';
import type { Tensor } from './tensor.js';
import { vjp } from './vjp.js';

/**
 * The derivative rule of a fused backward pass, for operations that come with a definition in basic operations.
 *
 * The pass takes `inputs` = [g, ...xs] to the cotangents g has at xs under `composed`; `us` are the cotangents of those, one an x, with holes for
 * what nobody used. Returned are the cotangents of g and of the xs: the gradient of Σᵢ ⟨uᵢ, gᵀ·∂composed/∂xᵢ⟩, which is exact and can be
 * differentiated again, but runs on single operations.
 */
export function backwardVjp(
  composed: (xs: readonly Tensor[]) => Tensor,
  us: Cotangents,
  inputs: readonly Tensor[],
): Cotangents {
  const pairing = ([g, ...xs]: readonly Tensor[]): Tensor =>
    vjp(composed, xs)
      .pullback(g)
      .reduce(
        (total, cotangent, i) => {
          const u = us[i];
          return u ? add(total, sum(mul(u, cotangent))) : total;
        },
        zeros([], { dtype: g.dtype }),
      );
  const { value, pullback } = vjp(pairing, inputs);
  return pullback(onesLike(value));
}
