import { matmul, mul, reshape, slice, stack, sum, type Tensor, zeros } from '@neuronseek/tensor';
import type { TermOptions } from './polynomial-terms.js';

/**
 * What {@link polynomialTerms} computes, written in basic operations: its definition, the oracle of its tests, and where
 * its second and higher derivatives come from. Slower by the number of intermediates: about 6·(P + Σ order) operations.
 * Unlike the fused operation it does not check its arguments.
 */
export function polynomialTermsComposed(
  x: Tensor,
  power: Tensor,
  factors: Tensor,
  { powers, interactions }: TermOptions,
): Tensor {
  const [batch] = x.shape;
  const outputs = power.shape[2];
  const terms = powers.map((k, p) => matmul(repeated(x, k), slice(power, [p])));
  const z = matmul(x, factors);
  let start = 0;
  for (const { order, rank } of interactions) {
    let product: Tensor | undefined;
    for (let m = 0; m < order; m++) {
      const stop = start + rank * outputs;
      const factor = reshape(slice(z, [undefined, { start, stop }]), [batch, rank, outputs]);
      product = product ? mul(product, factor) : factor;
      start = stop;
    }
    if (product) terms.push(sum(product, { axes: 1 }));
  }
  return terms.length > 0 ? stack(terms) : zeros([0, batch, outputs], { dtype: z.dtype });
}

function repeated(x: Tensor, k: number): Tensor {
  let result = x;
  for (let i = 1; i < k; i++) result = mul(result, x);
  return result;
}
