/** Where x is read as a matrix [L, G], L the product of the first `cut` sizes, and which side is contracted first. */
export interface Cut {
  readonly cut: number;
  readonly contract: 'left' | 'right';
}

/** The number of leading modes, at least one, for which the larger of L and G is smallest; the first such. */
export function balancedCut(shape: readonly number[]): number {
  let best = 1;
  for (let cut = 2; cut <= shape.length; cut++) if (larger(shape, cut) < larger(shape, best)) best = cut;
  return best;
}

/**
 * For one mode: of all cuts, each contracting the side without that mode, the one with the smallest intermediates; of
 * equals the one that contracts fewer modes at once. From order 3 on never all other modes at once, so that their
 * Khatri–Rao product is never formed.
 */
export function cutFor(shape: readonly number[], mode: number): Cut {
  const order = shape.length;
  let best: Cut = { cut: order, contract: 'right' };
  let least = Infinity;
  let modes = order;
  for (let cut = 1; cut <= order; cut++) {
    const contract = cut > mode ? 'right' : 'left';
    const contracted = contract === 'right' ? order - cut : cut;
    if (order > 2 && (contracted === 0 || contracted === order - 1)) continue;
    const size = larger(shape, cut);
    if (size > least || (size === least && contracted >= modes)) continue;
    best = { cut, contract };
    least = size;
    modes = contracted;
  }
  return best;
}

function larger(shape: readonly number[], cut: number): number {
  return Math.max(productOf(shape.slice(0, cut)), productOf(shape.slice(cut)));
}

export function productOf(sizes: readonly number[]): number {
  let product = 1;
  for (const n of sizes) product *= n;
  return product;
}
