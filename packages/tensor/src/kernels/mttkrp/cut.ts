/**
 * Where x is read as a matrix [L, G], L the product of the first `cut` sizes: of the cuts that leave both sides a mode, the one for which the larger of L
 * and G is smallest; the last such, so that rows, which are what is shared out, are many. Order 1 is a matrix of one column.
 */
export function balancedCut(shape: readonly number[]): number {
  let best = 1;
  for (let cut = 2; cut < shape.length; cut++) if (larger(shape, cut) <= larger(shape, best)) best = cut;
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
