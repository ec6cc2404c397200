/** A double as an integer multiple of 2⁻¹⁰⁷⁴. */
function scaled(x: number): bigint {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  const exponent = (bits.getUint16(0) >> 4) & 0x7ff;
  const fraction = bits.getBigUint64(0) & 0xfffffffffffffn;
  const magnitude = exponent === 0 ? fraction : (fraction | 0x10000000000000n) << BigInt(exponent - 1);
  return x < 0 ? -magnitude : magnitude;
}

/** |value − Σ values| / (2⁻⁵²·Σ|values|), with exact sums: how many eps the sum is off, on the scale of its terms. */
export function sumErrorInEps(value: number, values: ArrayLike<number>): number {
  let total = 0n;
  let size = 0n;
  for (let i = 0; i < values.length; i++) {
    const x = scaled(values[i]);
    total += x;
    size += x < 0n ? -x : x;
  }
  const error = scaled(value) - total;
  if (error === 0n) return 0;
  // 20 more bits than the quotient needs, as only its size matters.
  return Number(((error < 0n ? -error : error) << 72n) / size) / 2 ** 20;
}
