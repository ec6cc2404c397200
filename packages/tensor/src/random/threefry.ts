/** Parity constant of the Threefish key schedule, its lower 32 bits. */
const PARITY = 0x1bd11bda;

/**
 * Threefry-2x32 with 20 rounds: a bijection of the 64-bit counter (counter0, counter1) chosen by the 64-bit key (key0, key1).
 *
 * Writes two uint32 into `out[0]` and `out[1]`. All four arguments are read modulo 2^32. Cost: about 75 integer operations.
 *
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
export function threefry2x32(key0: number, key1: number, counter0: number, counter1: number, out: Uint32Array): void {
  const key2 = PARITY ^ key0 ^ key1;
  let x = (counter0 + key0) | 0;
  let y = (counter1 + key1) | 0;
  // Unrolled: rotation distances 13 15 26 6 and 17 29 16 24 alternate, and every fourth round adds the next subkey.
  for (let group = 0; group < 5; group++) {
    if ((group & 1) === 0) {
      x = (x + y) | 0;
      y = ((y << 13) | (y >>> 19)) ^ x;
      x = (x + y) | 0;
      y = ((y << 15) | (y >>> 17)) ^ x;
      x = (x + y) | 0;
      y = ((y << 26) | (y >>> 6)) ^ x;
      x = (x + y) | 0;
      y = ((y << 6) | (y >>> 26)) ^ x;
    } else {
      x = (x + y) | 0;
      y = ((y << 17) | (y >>> 15)) ^ x;
      x = (x + y) | 0;
      y = ((y << 29) | (y >>> 3)) ^ x;
      x = (x + y) | 0;
      y = ((y << 16) | (y >>> 16)) ^ x;
      x = (x + y) | 0;
      y = ((y << 24) | (y >>> 8)) ^ x;
    }
    // Injection number g = group + 1 adds subkeys g mod 3 and (g + 1) mod 3, and g itself.
    if (group === 0 || group === 3) {
      x = (x + key1) | 0;
      y = (y + key2 + group + 1) | 0;
    } else if (group === 1 || group === 4) {
      x = (x + key2) | 0;
      y = (y + key0 + group + 1) | 0;
    } else {
      x = (x + key0) | 0;
      y = (y + key1 + group + 1) | 0;
    }
  }
  out[0] = x;
  out[1] = y;
}
