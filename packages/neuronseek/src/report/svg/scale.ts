/** An axis: bounds that enclose the data, and the ticks with their labels. */
export interface Scale {
  readonly kind: 'linear' | 'log';
  readonly lo: number;
  readonly hi: number;
  readonly ticks: readonly number[];
  readonly labels: readonly string[];
}

const LIMIT = 1e300;

/**
 * Linear axis over [lo, hi] with ticks at the multiples of 1, 2 or 5 times a power of ten, `lo` and `hi` of the result being
 * the first and last tick: they enclose the data. At most `count` + 2 ticks (`count` default 5).
 *
 * Bounds too close to tell apart in double precision are widened by a tenth of their size (by 1 about zero).
 * Errors: RangeError where a bound is not finite or beyond 1e300, where lo > hi, or where count is not a positive integer.
 */
export function linearScale(lo: number, hi: number, count = 5): Scale {
  check('linearScale', lo, hi);
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`linearScale: count is not a positive integer: ${count}`);
  const size = Math.max(Math.abs(lo), Math.abs(hi));
  if (hi - lo < Math.max(1e-290, 1e-12 * size)) {
    const pad = size < 1e-280 ? 1 : size / 10;
    lo -= pad;
    hi += pad;
  }
  const [mantissa, exponent] = niceStep((hi - lo) / count);
  const power = Number(`1e${Math.abs(exponent)}`);
  // Dividing by a power of ten keeps 0.3 at 0.3; multiplying by 0.1 would not.
  const tick = (i: number): number => (exponent < 0 ? (i * mantissa) / power : i * mantissa * power) + 0;
  const step = tick(1);
  let first = Math.floor(lo / step);
  if (tick(first + 1) <= lo) first++;
  while (tick(first) > lo) first--;
  let last = Math.ceil(hi / step);
  if (tick(last - 1) >= hi) last--;
  while (tick(last) < hi) last++;
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => tick(first + i));
  return {
    kind: 'linear',
    lo: tick(first),
    hi: tick(last),
    ticks,
    labels: ticks.map((value) => label(value, exponent)),
  };
}

/**
 * Logarithmic axis over [lo, hi], 0 < lo: ticks at 1, 2, 5 times powers of ten for up to two decades, at powers of ten
 * beyond, and at every n-th of them where there would be more than eight. Same errors as `linearScale`, and RangeError for bounds
 * that are not `logarithmic`.
 */
export function logScale(lo: number, hi: number): Scale {
  check('logScale', lo, hi);
  if (!logarithmic(lo, hi)) throw new RangeError(`logScale: bounds are not between 1e-200 and 1e200: ${lo}, ${hi}`);
  const decades = Math.log10(hi) - Math.log10(lo);
  const mantissas = decades <= 2 ? [1, 2, 5] : [1];
  const stride = Math.max(1, Math.ceil(decades / 7));
  const tick = (i: number): number => {
    const turn = Math.floor(i / mantissas.length);
    return Number(`${mantissas[i - turn * mantissas.length]}e${turn * stride}`);
  };
  const guess = (value: number): number => Math.floor(Math.log10(value) / stride) * mantissas.length;
  let first = guess(lo);
  while (tick(first + 1) <= lo) first++;
  while (tick(first) > lo) first--;
  let last = guess(hi);
  while (tick(last) < hi || last <= first) last++;
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => tick(first + i));
  const labels = ticks.map((value) => label(value, Math.floor(Math.log10(value) + 1e-9)));
  return { kind: 'log', lo: tick(first), hi: tick(last), ticks, labels };
}

/** Whether `logScale` takes these bounds: between 1e-200 and 1e200, so that the ticks around them are doubles. */
export function logarithmic(lo: number, hi: number): boolean {
  return lo >= 1e-200 && hi <= 1e200;
}

function check(name: string, lo: number, hi: number): void {
  if (!Number.isFinite(lo) || !Number.isFinite(hi))
    throw new RangeError(`${name}: bounds are not finite: ${lo}, ${hi}`);
  if (Math.abs(lo) > LIMIT || Math.abs(hi) > LIMIT)
    throw new RangeError(`${name}: bounds are beyond 1e300: ${lo}, ${hi}`);
  if (lo > hi) throw new RangeError(`${name}: bounds are in the wrong order: ${lo}, ${hi}`);
}

/** Smallest mantissa · 10^exponent with mantissa 1, 2 or 5 that is not below `raw`. */
function niceStep(raw: number): [mantissa: number, exponent: number] {
  const exponent = Math.floor(Math.log10(raw)) - 1;
  for (let e = exponent; ; e++) {
    for (const m of [1, 2, 5]) if (Number(`${m}e${e}`) >= raw) return [m, e];
  }
}

/** Enough digits that ticks a step of 10^exponent apart read differently. */
function label(value: number, exponent: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size < 1e6 && exponent >= -5) {
    const [whole = '', fraction] = size.toFixed(Math.max(0, -exponent)).split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
    return `${value < 0 ? '−' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
  }
  const digits = Math.min(Math.max(Math.floor(Math.log10(size)) - exponent, 0), 17);
  const [mantissa, power = ''] = size.toExponential(digits).split('e');
  return `${value < 0 ? '−' : ''}${mantissa}e${power.replace('+', '').replace('-', '−')}`;
}
