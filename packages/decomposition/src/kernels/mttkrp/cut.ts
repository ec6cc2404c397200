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
 * equals the one that contracts fewer modes at once, whose Khatri–Rao product is smaller.
 */
export function cutFor(shape: readonly number[], mode: number): Cut {
  let best: Cut = { cut: shape.length, contract: 'right' };
  for (let cut = shape.length - 1; cut > mode; cut--) {
    if (larger(shape, cut) < larger(shape, best.cut)) best = { cut, contract: 'right' };
  }
  for (let cut = 1; cut <= mode; cut++) {
    const [now, then] = [larger(shape, cut), larger(shape, best.cut)];
    const fewer = best.contract === 'right' && cut < shape.length - best.cut;
    if (now < then || (now === then && fewer)) best = { cut, contract: 'left' };
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
