import { babai } from '../../exact/lattice/babai.js';
import { frequencyBasis } from './frequency-basis.js';

/** An integer w ≥ 0 for which w/(2·(π + k)) is near turns[k − 1] or near its negative, modulo 1, for all k together; by Babai's nearest plane. */
export function nearestMultiple(turns: readonly number[], bits: number): bigint {
  const count = turns.length;
  const c = 1n << BigInt((count + 1) * bits);
  const target = turns.map((turn) => (c * BigInt(Math.round(turn * 2 ** 50))) >> 50n);
  const w = babai(frequencyBasis(count, bits), [...target, 0n])[count];
  return w < 0n ? -w : w;
}
