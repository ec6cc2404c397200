/** π in units of 2^−bits by Euler's series π = 20·arctan(1/7) + 8·arctan(3/79), which shares nothing with `piFixed`; off by less than 2^−20 of a unit. */
export function piByEuler(bits: number): bigint {
  const one = 1n << BigInt(bits + 40);
  return (20n * arctan(1n, 7n, one) + 8n * arctan(3n, 79n, one)) >> 40n;
}

/** arctan(p/q) = Σ_k 2^(2k)·(k!)²/(2k + 1)!·(p·q^(2k + 1)·p^(2k))/(p² + q²)^(k + 1). */
function arctan(p: bigint, q: bigint, one: bigint): bigint {
  const square = p * p + q * q;
  let term = (one * p * q) / square;
  let sum = 0n;
  for (let k = 1n; term > 0n; k++) {
    sum += term;
    term = (term * 2n * k * p * p) / ((2n * k + 1n) * square);
  }
  return sum;
}
