import { lll, type ReducedBasis } from '../../exact/lattice/lll.js';
import { piFixed } from '../../exact/pi.js';

/** Reduced bases by count and bits: they do not depend on the targets, and take nearly all the time. */
const cache = new Map<string, ReducedBasis>();

/** The most bases that are kept. */
const KEPT = 32;

/**
 * The lattice of w·α mod 1, α_k = 1/(2·(π + k)) for k = 1 … count, to bits·(count + 1) binary digits, reduced; the last coordinate is w:
 *
 *     (round(C·α_1), …, round(C·α_count), 1),   C·e_1, …, C·e_count,   C = 2^(bits·(count + 1))
 */
export function frequencyBasis(count: number, bits: number): ReducedBasis {
  const name = `${count} ${bits}`;
  const known = cache.get(name);
  if (known !== undefined) return known;
  const digits = BigInt((count + 1) * bits);
  const c = 1n << digits;
  const first = Array.from({ length: count }, (_, k) => (frequency(k + 1, Number(digits) + 64) + (1n << 63n)) >> 64n);
  const rows = Array.from({ length: count }, (_, k) =>
    Array.from({ length: count + 1 }, (_unused, j) => (j === k ? c : 0n)),
  );
  const reduced = lll([[...first, 1n], ...rows]);
  if (cache.size === KEPT) cache.delete(cache.keys().next().value ?? '');
  cache.set(name, reduced);
  return reduced;
}

/** 1/(2·(π + k)) in units of 2^−bits, off by 2 at most. */
export function frequency(k: number, bits: number): bigint {
  const pi = piFixed(bits + 8).mantissa;
  return (1n << BigInt(2 * bits + 7)) / (pi + (BigInt(k) << BigInt(bits + 8)));
}
