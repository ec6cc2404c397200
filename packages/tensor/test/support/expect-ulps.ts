import { expectClose } from '@neuronseek/testkit';

/** Fails unless every value is within so many units in the last place of the expected one (a subnormal one within that many of 2⁻¹⁰⁷⁴). */
export function expectUlps(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  ulps: number,
  epsilon = 2 ** -52,
): void {
  if (actual.length !== expected.length)
    throw new Error(`expectUlps: ${actual.length} values, expected ${expected.length}`);
  for (let i = 0; i < expected.length; i++) {
    const scale = Number.isFinite(expected[i]) ? Math.max(Math.abs(expected[i]), 2 ** -1022) : 0;
    expectClose([actual[i]], [expected[i]], { factor: ulps, scale, epsilon });
  }
}
