/** A coefficient n/d, d > 0: x/3 keeps its 3, which 0.333…·x has lost. */
export interface Ratio {
  readonly n: number;
  readonly d: number;
}

export const unit: Ratio = { n: 1, d: 1 };

/** a·b; undefined where a double cannot hold it. */
export function multiplyRatios(a: Ratio, b: Ratio): Ratio | undefined {
  const [n, d] = [a.n * b.n, a.d * b.d];
  if (!holds(n, a.n === 0 || b.n === 0) || !holds(d, false)) return undefined;
  // A quotient that a double holds exactly is a number.
  const quotient = n / d;
  return Number.isSafeInteger(quotient) && quotient * d === n ? { n: quotient, d: 1 } : { n, d };
}

export function invertRatio({ n, d }: Ratio): Ratio | undefined {
  return n === 0 ? undefined : { n: n < 0 ? -d : d, d: Math.abs(n) };
}

/** a + b; undefined where a double cannot hold it. */
export function addRatios(a: Ratio, b: Ratio): Ratio | undefined {
  if (a.d === b.d) return checked({ n: a.n + b.n, d: a.d });
  const common = a.d * b.d;
  const n = a.n * b.d + b.n * a.d;
  // Whole numbers stay exact; for others one double is as good as two.
  if (Number.isSafeInteger(n) && Number.isSafeInteger(common)) return checked({ n, d: common });
  return checked({ n: a.n / a.d + b.n / b.d, d: 1 });
}

/** The ratio as one number to multiply by or, where its numerator is ±1, to divide by; undefined where a double cannot hold it. */
export function settled({ n, d }: Ratio): { readonly times: number } | { readonly over: number } | undefined {
  if (d === 1) return { times: n };
  if (Math.abs(n) === 1) return { over: n * d };
  const times = n / d;
  return holds(times, n === 0) ? { times } : undefined;
}

function checked(ratio: Ratio): Ratio | undefined {
  const { n, d } = ratio;
  const quotient = n / d;
  if (!Number.isFinite(n)) return undefined;
  return Number.isSafeInteger(quotient) && quotient * d === n ? { n: quotient, d: 1 } : ratio;
}

/** Neither overflown nor vanished. */
function holds(value: number, mayVanish: boolean): boolean {
  return Number.isFinite(value) && (mayVanish || value !== 0);
}
