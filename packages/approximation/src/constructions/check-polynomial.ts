import type { Polynomial } from '@neuronseek/neurons';

/** Throws a RangeError by `name` unless coefficients are finite, exponents counts, one a feature, and no two monomials alike. */
export function checkPolynomial(name: string, { features, monomials }: Polynomial): void {
  if (features.length === 0) throw new RangeError(`${name}: the polynomial has no features`);
  const seen = new Map<string, number>();
  monomials.forEach(({ coefficient, exponents }, i) => {
    if (!Number.isFinite(coefficient)) {
      throw new RangeError(`${name}: monomials[${i}].coefficient is not finite: got ${coefficient}`);
    }
    if (exponents.length !== features.length) {
      throw new RangeError(
        `${name}: monomials[${i}] must have ${features.length} exponents, one a feature: got ${exponents.length}`,
      );
    }
    const bad = exponents.findIndex((e) => !(Number.isSafeInteger(e) && e >= 0));
    if (bad >= 0) {
      throw new RangeError(
        `${name}: monomials[${i}].exponents[${bad}] must be an integer of at least 0: got ${exponents[bad]}`,
      );
    }
    const first = seen.get(exponents.join());
    if (first !== undefined) throw new RangeError(`${name}: monomials[${i}] has the exponents of monomials[${first}]`);
    seen.set(exponents.join(), i);
  });
}
