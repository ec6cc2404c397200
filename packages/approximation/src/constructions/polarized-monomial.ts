import { multiply, rational } from '../exact/rational.js';
import { roundNearest } from '../exact/round.js';
import { toRational } from '../exact/to-rational.js';
import type { FormProduct } from './form-product.js';
import { polarization, polarizationMaxOrder } from './polarization.js';

/**
 * coefficient·Π x_d^exponents[d] as a sum of k-th powers of linear forms, the coefficient of each on its first factor. Forms that are equal
 * up to their sign are added and those that cancel left out, so repeated inputs cost less than 2^(k−1) powers. Throws a RangeError that begins with
 * `place` where a coefficient is no double or the degree is above 16.
 */
export function polarizedMonomial(place: string, coefficient: number, exponents: readonly number[]): FormProduct[] {
  const variables = exponents.flatMap((e, d) => new Array<number>(e).fill(d));
  const order = variables.length;
  if (order > polarizationMaxOrder) {
    throw new RangeError(`${place} has degree ${order}: form 'powers' takes at most ${polarizationMaxOrder}`);
  }
  const { forms, signs, denominator } = polarization(order);
  const merged = new Map<string, { readonly form: readonly number[]; multiplicity: number }>();
  forms.forEach((row, r) => {
    const sums = exponents.map(() => 0);
    variables.forEach((variable, m) => {
      sums[variable] += row[m];
    });
    const flip = (sums.find((s) => s !== 0) ?? 0) < 0;
    const form = flip ? sums.map((s) => 0 - s) : sums;
    const entry = merged.get(form.join()) ?? { form, multiplicity: 0 };
    entry.multiplicity += flip && order % 2 === 1 ? -signs[r] : signs[r];
    merged.set(form.join(), entry);
  });
  const kept = [...merged.values()].filter(({ form, multiplicity }) => multiplicity !== 0 && form.some((s) => s !== 0));
  return kept.map(({ form, multiplicity }) => {
    const weight = multiply(toRational(coefficient), rational(BigInt(multiplicity), denominator));
    return Array.from({ length: order }, (_, m) =>
      form.map((s) => {
        if (m > 0) return s;
        const exact = multiply(weight, rational(BigInt(s)));
        const rounded = roundNearest(exact);
        const back = toRational(rounded);
        if (back.numerator !== exact.numerator || back.denominator !== exact.denominator) {
          throw new RangeError(
            `${place}: the coefficient ${exact.numerator}/${exact.denominator} of a power is no float64: use form 'products'`,
          );
        }
        return rounded;
      }),
    );
  });
}
