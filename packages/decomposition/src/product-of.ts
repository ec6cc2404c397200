/** The product of some sizes, 1 for none. */
export function productOf(sizes: readonly number[]): number {
  let product = 1;
  for (const n of sizes) product *= n;
  return product;
}
