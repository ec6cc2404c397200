/** The number m·2^e. */
export interface Real {
  readonly m: bigint;
  readonly e: number;
}

/** A double as a real number, exactly. */
export function exactly(x: number): Real {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 2047n);
  const fraction = bits & (2n ** 52n - 1n);
  const m = biased === 0 ? fraction : fraction + 2n ** 52n;
  return { m: x < 0 ? -m : m, e: Math.max(biased, 1) - 1075 };
}

/** Bits of |m|; 0 for 0. */
export function bitLength(m: bigint): number {
  const hex = (m < 0n ? -m : m).toString(16);
  return 4 * hex.length - Math.clz32(Number.parseInt(hex[0], 16)) + 28;
}

/** m·2^shift, rounded down. */
export function shifted(m: bigint, shift: number): bigint {
  return shift >= 0 ? m << BigInt(shift) : m >> BigInt(-shift);
}

/** |y − r| in units in the last place of a double near r; subnormal ones have the unit 2⁻¹⁰⁷⁴, and ±Infinity stands for ±2¹⁰²⁴. */
export function ulpError(y: number, r: Real): number {
  if (Number.isNaN(y)) return Number.POSITIVE_INFINITY;
  const { m, e } = Number.isFinite(y) ? exactly(y) : { m: y > 0 ? 1n : -1n, e: 1024 };
  if (r.m === 0n) return m === 0n ? 0 : Number.POSITIVE_INFINITY;
  if (!Number.isFinite(y) && y > 0 === r.m > 0n && bitLength(r.m) + r.e > 1024) return 0;
  const unit = Math.min(Math.max(bitLength(r.m) + r.e - 53, -1074), 971);
  const low = Math.min(e, r.e);
  const difference = shifted(m, e - low) - shifted(r.m, r.e - low);
  const size = difference < 0n ? -difference : difference;
  const spare = Math.max(bitLength(size) - 60, 0);
  return Number(size >> BigInt(spare)) * 2 ** (low + spare - unit);
}
