const value = new Float64Array(1);
const bits = new BigInt64Array(value.buffer);

/** The smallest double above x; Infinity above the largest finite one. NaN and Infinity are returned as they are. */
export function nextUp(x: number): number {
  if (Number.isNaN(x) || x === Number.POSITIVE_INFINITY) return x;
  if (x === 0) return Number.MIN_VALUE;
  value[0] = x;
  bits[0] += x > 0 ? 1n : -1n;
  return value[0];
}

/** The largest double below x. */
export function nextDown(x: number): number {
  return -nextUp(-x);
}
