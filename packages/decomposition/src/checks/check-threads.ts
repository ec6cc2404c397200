/** Refuses a number of threads that is not a positive integer; undefined is for as many as there may be. */
export function checkThreads(name: string, threads: number | undefined): void {
  if (threads === undefined || (Number.isSafeInteger(threads) && threads > 0)) return;
  throw new RangeError(`${name}: threads is not a positive integer: ${threads}`);
}
