import { log2 } from '@neuronseek/tensor/math';

const PI = Math.PI;

/** Denominators of nice fractions: small ones, and powers of ten for decimals. */
const denominators: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 50, 100, 1000];

/** Denominators of nice multiples of π. */
const parts: readonly number[] = [1, 2, 3, 4, 6];

const bitsOf = (integer: number): number => 1 + 2 * log2(1 + Math.abs(integer));

/** Bits that a nice number costs to write down: an integer, a small fraction or decimal, a small multiple of π; undefined for any other. */
export function niceBits(value: number): number | undefined {
  for (const q of denominators) {
    const p = Math.round(value * q);
    if (Math.abs(p) < 1e6 && p / q === value) return bitsOf(p) + (q === 1 ? 0 : bitsOf(q));
  }
  for (const q of parts) {
    const p = Math.round((value * q) / PI);
    if (p !== 0 && Math.abs(p) < 100 && (p * PI) / q === value) return bitsOf(p) + bitsOf(q) + 3;
  }
  return undefined;
}

/** Nice numbers next to a value, and 0 and ±1 whatever the value, which make a constant disappear; without repetition. */
export function niceCandidates(value: number): number[] {
  const found = new Set<number>([0, 1, -1]);
  for (const q of denominators) {
    const p = Math.round(value * q);
    if (Math.abs(p) < 1e6) found.add(p / q + 0);
  }
  for (const q of parts) {
    const p = Math.round((value * q) / PI);
    if (p !== 0 && Math.abs(p) < 100) found.add((p * PI) / q);
  }
  found.delete(value);
  return [...found];
}
