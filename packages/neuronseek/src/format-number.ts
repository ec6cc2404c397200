/**
 * A number for reading: integers in full, others to `digits` significant digits, thousands in groups, very small and very
 * large ones with an exponent, `n/a` for what is not finite.
 */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return 'n/a';
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size < 1e-4 || size >= 1e15) return withExponent(value, digits);
  if (Number.isInteger(value)) return group(String(value));
  if (size >= 10 ** digits) return group(value.toFixed(0));
  return group(String(Number(value.toPrecision(digits))));
}

function withExponent(value: number, digits: number): string {
  const [mantissa = '', exponent = ''] = value.toExponential(digits - 1).split('e');
  return `${Number(mantissa)}e${exponent.replace('+', '')}`;
}

function group(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
