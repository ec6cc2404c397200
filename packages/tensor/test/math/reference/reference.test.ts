import { describe, expect, test } from 'vitest';
import { ln2, pi } from './fixed.js';
import { references } from './functions.js';
import { exactly, type Real, shifted, ulpError } from './real.js';

/** The first 30 decimals, rounded down. */
function decimals({ m, e }: Real): string {
  const scaled = shifted(m * 10n ** 30n, e);
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(31, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -30)}.${digits.slice(-30)}`;
}

// Digits of DLMF, OEIS and tables of constants, checked with mpmath.
test.each([
  ['exp', 1, 0, '2.718281828459045235360287471352'],
  ['log10', 2, 0, '0.301029995663981195213738894724'],
  ['sin', 1, 0, '0.841470984807896506652502321630'],
  ['sin', 1e22, 0, '-0.852200849767188801772705893754'],
  ['tan', 1, 0, '1.557407724654902230506974807458'],
  ['atan2', 1, 3, '0.321750554396642193401404614358'],
  ['erf', 1, 0, '0.842700792949714869341220635082'],
  ['erfc', 5, 0, '0.000000000001537459794428034850'],
  ['cbrt', 2, 0, '1.259921049894873164767210607278'],
  ['asinh', 1, 0, '0.881373587019543025232609324979'],
  ['pow', 2, 0.5, '1.414213562373095048801688724209'],
] as const)('%s(%d, %d)', (name, x, y, digits) => {
  expect(decimals(references[name](x, y))).toBe(digits);
});

test('π and ln 2', () => {
  expect(decimals({ m: pi(300), e: -300 })).toBe('3.141592653589793238462643383279');
  expect(decimals({ m: ln2(300), e: -300 })).toBe('0.693147180559945309417232121458');
});

/** Whether two reals agree to 100 bits of the second. */
function agree(a: Real, b: Real): boolean {
  const low = Math.min(a.e, b.e);
  const [p, q] = [shifted(a.m, a.e - low), shifted(b.m, b.e - low)];
  const [difference, size] = [p < q ? q - p : p - q, q < 0n ? -q : q];
  return difference << 100n <= size;
}

const times = (a: Real, b: Real): Real => ({ m: a.m * b.m, e: a.e + b.e });
const plus = (a: Real, b: Real): Real => {
  const low = Math.min(a.e, b.e);
  return { m: shifted(a.m, a.e - low) + shifted(b.m, b.e - low), e: low };
};
const one: Real = { m: 1n, e: 0 };

describe.each([1e-9, 0.3, 0.7, 1, 2.5, 17])('identities at %d', (x) => {
  const r = (name: string, a = x, b = 0): Real => references[name](a, b);
  test.each<[string, Real, Real]>([
    ['sin² + cos² = 1', plus(times(r('sin'), r('sin')), times(r('cos'), r('cos'))), one],
    ['tan·cos = sin', times(r('tan'), r('cos')), r('sin')],
    ['exp(x)·exp(−x) = 1', times(r('exp'), r('exp', -x)), one],
    ['cosh + sinh = exp', plus(r('cosh'), r('sinh')), r('exp')],
    ['tanh·cosh = sinh', times(r('tanh'), r('cosh')), r('sinh')],
    ['expm1 + 1 = exp', plus(r('expm1'), one), r('exp')],
    ['erf + erfc = 1', plus(r('erf'), r('erfc')), one],
    ['log2·ln 2 = log', times(r('log2', x + 2), r('log', 2)), r('log', x + 2)],
    ['sigmoid(x) + sigmoid(−x) = 1', plus(r('sigmoid'), r('sigmoid', -x)), one],
    ['softplus(x) = x + softplus(−x)', r('softplus'), plus(exactly(x), r('softplus', -x))],
    ['gelu(x) = x + gelu(−x)', r('gelu'), plus(exactly(x), r('gelu', -x))],
    ['cbrt³ = x', times(times(r('cbrt'), r('cbrt')), r('cbrt')), exactly(x)],
    ['hypot² = x² + 9', times(r('hypot', x, 3), r('hypot', x, 3)), plus(times(exactly(x), exactly(x)), exactly(9))],
    ['atan2(x, 1) = atan', r('atan2', x, 1), r('atan')],
    ['pow(x, 3) = x³', r('pow', x, 3), times(times(exactly(x), exactly(x)), exactly(x))],
  ])('%s', (_name, a, b) => {
    expect(agree(a, b)).toBe(true);
  });
});

test('asin + acos = π/2 and 2·atanh(1/2) = ln 3', () => {
  const half: Real = { m: pi(400), e: -401 };
  expect(agree(plus(references.asin(0.3, 0), references.acos(0.3, 0)), half)).toBe(true);
  expect(agree(times(exactly(2), references.atanh(0.5, 0)), references.log(3, 0))).toBe(true);
});

test('acosh and asinh at numbers whose root is known: ln 2 = acosh(5/4) = asinh(3/4)', () => {
  const log2: Real = { m: ln2(400), e: -400 };
  expect(agree(references.acosh(1.25, 0), log2)).toBe(true);
  expect(agree(references.asinh(0.75, 0), log2)).toBe(true);
  expect(agree(references.exp2(0.5, 0), references.pow(2, 0.5))).toBe(true);
  expect(agree(references.log1p(0.5, 0), references.log(1.5, 0))).toBe(true);
});

test('ulpError counts units in the last place, subnormal and infinite values included', () => {
  expect(ulpError(1, one)).toBe(0);
  expect(ulpError(1 + 2 ** -52, one)).toBe(1);
  expect(ulpError(1 - 2 ** -53, one)).toBe(0.5);
  expect(ulpError(0, { m: 3n, e: -1075 })).toBe(1.5);
  expect(ulpError(Number.POSITIVE_INFINITY, { m: 1n, e: 5000 })).toBe(0);
  expect(ulpError(Number.NEGATIVE_INFINITY, { m: 1n, e: 5000 })).toBeGreaterThan(1e9);
  expect(ulpError(Number.MAX_VALUE, { m: 2n ** 53n - 1n, e: 971 })).toBe(0);
  expect(ulpError(Number.NaN, one)).toBe(Number.POSITIVE_INFINITY);
});
