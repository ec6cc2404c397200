/**
 * Fails unless two sequences hold the same doubles: 0 and -0 differ, NaN equals NaN.
 *
 * @throws Error that names the index and both values.
 */
export function expectSameBits(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  if (actual.length !== expected.length) {
    throw new Error(`expectSameBits: lengths differ: actual has ${actual.length}, expected has ${expected.length}`);
  }
  for (let i = 0; i < expected.length; i++) {
    if (Object.is(actual[i], expected[i])) continue;
    const show = (x: number): string => (Object.is(x, -0) ? '-0' : String(x));
    throw new Error(`expectSameBits: index ${i}: actual ${show(actual[i])}, expected ${show(expected[i])}`);
  }
}
