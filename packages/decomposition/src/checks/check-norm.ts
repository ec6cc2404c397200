/** Component norms may be far above the norm of the data; this leaves them eight decades. */
const LARGEST_NORM = 1e300;

/** Refuses data whose norm is too large to compute with. */
export function checkNorm(name: string, argument: string, norm: number): void {
  if (norm <= LARGEST_NORM) return;
  throw new RangeError(`${name}: ${argument} needs a norm of at most ${LARGEST_NORM}: it is ${norm}`);
}
