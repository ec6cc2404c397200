import { superscript } from './script.js';

/**
 * |value| with `digits` significant digits: 2.50, 0.00120, 12300, 1.23·10⁻⁷. Powers of ten from 10⁶ and below 10⁻³. The sign is the
 * caller's: in a sum it belongs to the operator.
 */
export function formatMagnitude(value: number, digits: number): string {
  const magnitude = Math.abs(value);
  if (!Number.isFinite(magnitude)) return Number.isNaN(magnitude) ? 'NaN' : '∞';
  // Rounding comes first, because 999.9 to three digits has one digit more before the point than it had.
  const [mantissa, power] = magnitude.toExponential(digits - 1).split('e');
  const exponent = Number(power);
  if (exponent < -3 || exponent >= 6) return `${mantissa}·10${superscript(exponent)}`;
  return Number(`${mantissa}e${power}`).toFixed(Math.max(0, digits - 1 - exponent));
}
