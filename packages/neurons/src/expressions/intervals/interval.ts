/** Numbers between which a value lies for certain. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Four units in the last place: more than any function of @neuronseek/tensor/math is wrong by. */
const relative = 2 ** -50;
const absolute = 2 ** -1060;

/** [low, high] with room for the rounding of both ends; undefined where one is no number. */
export function widened(low: number, high: number): Interval | undefined {
  const below = low - Math.abs(low) * relative - absolute;
  const above = high + Math.abs(high) * relative + absolute;
  return Number.isFinite(below) && Number.isFinite(above) ? { low: below, high: above } : undefined;
}

export function point(value: number): Interval {
  return { low: value, high: value };
}

export function negateInterval({ low, high }: Interval): Interval {
  return { low: -high, high: -low };
}

export function addIntervals(a: Interval, b: Interval): Interval | undefined {
  return widened(a.low + b.low, a.high + b.high);
}

export function multiplyIntervals(a: Interval, b: Interval): Interval | undefined {
  const [p, q, r, s] = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
  return widened(Math.min(p, q, r, s), Math.max(p, q, r, s));
}

/** Undefined where the divisor may be 0. */
export function divideIntervals(a: Interval, b: Interval): Interval | undefined {
  if (b.low <= 0 && b.high >= 0) return undefined;
  const [p, q, r, s] = [a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high];
  return widened(Math.min(p, q, r, s), Math.max(p, q, r, s));
}
