/** Refuses a number of components that is not a positive integer. */
export function checkRank(name: string, rank: number): void {
  if (!Number.isSafeInteger(rank) || rank < 1) throw new RangeError(`${name}: rank is not a positive integer: ${rank}`);
}
