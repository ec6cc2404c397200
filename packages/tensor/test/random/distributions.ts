/** Regularized incomplete gamma function P(a, x): the share of a gamma(a) distribution below x. Relative error about 1e-12. */
export function gammaCdf(a: number, x: number): number {
  if (!(x > 0)) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    // Power series (Abramowitz and Stegun 6.5.29).
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * 1e-15; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return front * sum;
  }
  // Continued fraction (6.5.31) by the method of Lentz.
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 1000; n++) {
    const factor = -n * (n - a);
    b += 2;
    d = 1 / (factor * d + b);
    c = b + factor / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return 1 - front * h;
}

/** log Γ(x) for x > 0: Stirling's series at x + 10 or more. */
function logGamma(x: number): number {
  let product = 1;
  while (x < 10) product *= x++;
  const s = 1 / (x * x);
  const series = (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}

/** Probability of a chi-square statistic at least this large, by its distribution for many observations a cell. */
export function chiSquarePValue(observed: ArrayLike<number>, probabilities: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < observed.length; i++) total += observed[i];
  const statistic = probabilities.reduce((sum, p, i) => sum + (observed[i] - total * p) ** 2 / (total * p), 0);
  return 1 - gammaCdf((probabilities.length - 1) / 2, statistic / 2);
}

/** Probability of a Kolmogorov-Smirnov distance at least that of the values from a continuous distribution function. */
export function ksPValue(values: ArrayLike<number>, cdf: (x: number) => number): number {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  let distance = 0;
  for (let i = 0; i < n; i++) {
    const p = cdf(sorted[i]);
    distance = Math.max(distance, p - i / n, (i + 1) / n - p);
  }
  // Stephens (1970): the limit law at this argument is close from n = 5 on.
  const t = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance;
  if (t < 0.3) return 1;
  let sum = 0;
  for (let k = 1; k <= 20; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * t * t);
  return Math.min(sum, 1);
}
