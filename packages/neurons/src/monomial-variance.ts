import { pow } from '@neuronseek/tensor/math';
import type { Monomial } from './polynomial.js';

/** Values of a polynomial's monomials over the rows of a sample, and their variances. */
export interface SampledMonomials {
  /** Variance of each monomial, coefficient included. */
  readonly variances: Float64Array;
  /** Variance of the sum of the monomials at some places. */
  varianceOfSum(places: readonly number[]): number;
}

/** Cost: rows · Σ (number of inputs in the monomial), once for `variances` and once more for every sum. */
export function sampleMonomials(monomials: readonly Monomial[], rows: number, x: ArrayLike<number>): SampledMonomials {
  const inputs = monomials[0]?.exponents.length ?? 0;
  const powers = new Map<number, Float64Array>();
  const power = (d: number, exponent: number): Float64Array => {
    const place = exponent * inputs + d;
    const known = powers.get(place);
    if (known) return known;
    const values = Float64Array.from({ length: rows }, (_, b) => pow(x[b * inputs + d], exponent));
    powers.set(place, values);
    return values;
  };
  const addTo = (total: Float64Array, { coefficient, exponents }: Monomial): Float64Array => {
    const factors = exponents.flatMap((exponent, d) => (exponent > 0 ? [power(d, exponent)] : []));
    for (let b = 0; b < rows; b++) {
      let value = coefficient;
      for (const factor of factors) value *= factor[b];
      total[b] += value;
    }
    return total;
  };
  return {
    variances: Float64Array.from(monomials, (monomial) => variance(addTo(new Float64Array(rows), monomial))),
    varianceOfSum: (places) =>
      variance(places.reduce<Float64Array>((total, i) => addTo(total, monomials[i]), new Float64Array(rows))),
  };
}

/** Mean squared deviation from the mean, in two passes. */
function variance(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  return squares / values.length;
}
