import { log2 } from '@neuronseek/tensor/math';
import { niceBits } from './nice-numbers.js';
import { NUMBER } from './opcodes.js';
import type { Program } from './program.js';

/** Share of the variance that rounding alone may leave: below it no formula is better than another. */
export const roundingFloor = 1e-28;

/**
 * Bits of a formula and of what it leaves of the target (Rissanen 1978): n/2·log₂ of the error's share of the variance, log₂ of the number of symbols for
 * every node, what nice numbers cost, and for any other number as many bits as the data determine, ½·log₂(n / share) and at most 53.
 */
export function descriptionLength({ code, constants }: Program, share: number, rows: number, symbols: number): number {
  const left = Math.max(share, 0) + roundingFloor;
  const real = 2 + Math.min(53, Math.max(0.5 * log2(rows / left), 1));
  let bits = (rows / 2) * log2(left) + code.length * log2(symbols);
  for (let i = 0; i < code.length; i++) {
    if (code[i] === NUMBER) bits += Math.min(niceBits(constants[i]) ?? real, real + 12);
  }
  return bits;
}
