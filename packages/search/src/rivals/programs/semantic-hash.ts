/** Room for hashing without allocation: a number and its two words. */
const number = /* @__PURE__ */ new Float64Array(1);
const words = /* @__PURE__ */ new Uint32Array(number.buffer);

/**
 * A number that two columns share if they agree to about nine digits up to a·f + b, and as good as never otherwise; with `exact`, if they agree to
 * seven digits as they stand. NaN for a column that is not finite or has no variance.
 */
export function semanticHash(column: Float64Array, start: number, rows: number, exact = false): number {
  let sum = 0;
  for (let r = 0; r < rows; r++) sum += column[start + r];
  const mean = sum / rows;
  let square = 0;
  let largest = 0;
  for (let r = 0; r < rows; r++) {
    const c = column[start + r] - mean;
    square += c * c;
    if (Math.abs(c) > Math.abs(largest)) largest = c;
  }
  if (!(square < Number.POSITIVE_INFINITY) || square <= 1e-26 * rows * mean * mean || square === 0) return Number.NaN;
  // The sign of the element farthest from the mean makes f and −f one; where rounding decides it, a duplicate passes.
  const scale = 1 / (Math.sign(largest) * Math.sqrt(square / rows));
  let [low, high] = [0x9e3779b9, 0x85ebca6b];
  for (let r = 0; r < rows; r++) {
    const v = column[start + r];
    // + 0 makes one of both zeros.
    number[0] = (exact ? Math.fround(v) : Math.round((v - mean) * scale * 1073741824)) + 0;
    low = Math.imul(low ^ words[0], 0xcc9e2d51);
    low = Math.imul((low << 15) | (low >>> 17), 0x1b873593);
    high = Math.imul(high ^ words[1] ^ low, 0x85ebca6b);
    high ^= high >>> 13;
    low ^= high;
  }
  return (high >>> 0) * 2097152 + ((low ^ (low >>> 15)) & 0x1fffff);
}
