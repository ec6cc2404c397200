/** Functions of a double as integers over 2^bits, by series and halving: an oracle that shares nothing with float64. Error below 2^−(bits − 40). */
export const bits = 220n;
const one = 1n << bits;

/** x · 2^bits, exactly for the doubles of the tests. */
export function fixed(x: number): bigint {
  let scaled = x;
  let shift = 0n;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    shift++;
  }
  return (BigInt(scaled) << bits) >> shift;
}

const times = (a: bigint, b: bigint): bigint => (a * b) >> bits;

/** Σ of a series whose terms are made one from the other. */
function series(first: bigint, next: (term: bigint, k: bigint) => bigint): bigint {
  let sum = 0n;
  let term = first;
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    sum += term;
    term = next(term, k);
  }
  return sum;
}

export function expFixed(x: bigint): bigint {
  const halvings = 12n;
  let value = series(one, (term, k) => times(term, x >> halvings) / k);
  for (let i = 0n; i < halvings; i++) value = times(value, value);
  return value;
}

/** y with e^y = x, by Newton's iteration from a float64 logarithm. */
export function logFixed(x: bigint, near: number): bigint {
  let y = fixed(near);
  for (let i = 0; i < 4; i++) {
    const e = expFixed(y);
    y += (2n * (x - e) * one) / (x + e);
  }
  return y;
}

export function tanhFixed(x: bigint): bigint {
  const e = expFixed(2n * x);
  return ((e - one) << bits) / (e + one);
}

export function sinFixed(x: bigint): bigint {
  const square = times(x, x);
  return series(x, (term, k) => -times(term, square) / (2n * k * (2n * k + 1n)));
}

export function cosFixed(x: bigint): bigint {
  const square = times(x, x);
  return series(one, (term, k) => -times(term, square) / (2n * k * (2n * k - 1n)));
}
