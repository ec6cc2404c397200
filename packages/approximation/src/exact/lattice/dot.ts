/** Σ aᵢ·bᵢ. */
export function dot(a: readonly bigint[], b: readonly bigint[]): bigint {
  let sum = 0n;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** a/b to the nearest integer, b > 0; halves go up. */
export function roundDivide(a: bigint, b: bigint): bigint {
  const [p, q] = [2n * a + b, 2n * b];
  const quotient = p / q;
  return p < 0n && quotient * q !== p ? quotient - 1n : quotient;
}

/** row −= q·other, in place. */
export function subtractMultiple(row: bigint[], q: bigint, other: readonly bigint[]): void {
  for (let i = 0; i < row.length; i++) row[i] -= q * other[i];
}
