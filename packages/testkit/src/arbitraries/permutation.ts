import fc from 'fast-check';

/** Permutations of 0 .. n - 1, through their Lehmer codes, so that they shrink to the identity. */
export function permutation(n: number): fc.Arbitrary<number[]> {
  const digits = Array.from({ length: n }, (_, i) => fc.nat(n - 1 - i));
  return fc.tuple(...digits).map((code) => {
    const left = Array.from({ length: n }, (_, i) => i);
    return code.flatMap((digit) => left.splice(digit, 1));
  });
}
