import type { Code, Local } from '../../wasm/assembler/code.js';
import type { Lanes } from './contract.js';

const FIRST = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
const SECOND = FIRST.map((byte) => byte + 8);

/**
 * Two neighbours of a table for each of two lanes: the first ones in one vector, the second ones in another. `bytes(lane)` pushes how far from the
 * beginning of the table they stand, plus `offset`.
 */
export function gather(
  f: Code,
  { place, scratch }: Lanes,
  table: Float64Array,
  bytes: (lane: number) => void,
  offset = 0,
): readonly [Local, Local] {
  const address = place(table) + offset;
  const pairs = [0, 1].map((lane) => {
    const pair = scratch();
    bytes(lane);
    f.memory('v128.load', address, 8).set(pair);
    return pair;
  });
  const gathered = [FIRST, SECOND].map((lanes) => {
    const vector = scratch();
    f.get(pairs[0]).get(pairs[1]).shuffle(lanes).set(vector);
    return vector;
  });
  return [gathered[0], gathered[1]];
}
