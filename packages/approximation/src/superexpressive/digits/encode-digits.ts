/** Numbers in one: w/2^bits has the digits of each, one after the other. */
export interface DigitCode {
  readonly w: bigint;
  /** bitsPerValue times the number of values. */
  readonly bits: number;
}

/**
 * Writes numbers of [0, 1] into one: q_k = round(v_k·(2^m − 1)) as m binary digits, k = 0, 1, …, m = bitsPerValue.
 *
 * Throws a RangeError for no values, values outside [0, 1], and bitsPerValue that is no integer 1 … 32. Cost: O(bits), by a string, since shifting the number for
 * every value would take the square of that.
 */
export function encodeDigits(values: readonly number[], bitsPerValue: number): DigitCode {
  requireBitsPerValue('encodeDigits', bitsPerValue);
  if (values.length === 0) throw new RangeError('encodeDigits: there are no values');
  const wrong = values.findIndex((v) => !(v >= 0 && v <= 1));
  if (wrong >= 0) throw new RangeError(`encodeDigits: values must be in [0, 1]: values[${wrong}] is ${values[wrong]}`);
  const top = 2 ** bitsPerValue - 1;
  const digits = values.map((v) =>
    Math.round(v * top)
      .toString(2)
      .padStart(bitsPerValue, '0'),
  );
  return { w: BigInt(`0b${digits.join('')}`), bits: bitsPerValue * values.length };
}

/**
 * q_index of `encodeDigits`: ⌊2^m·frac(w·2^(m·index)/2^bits)⌋, the whole part of the fraction that is left when w is shifted.
 *
 * Throws a RangeError for an index that is none of the code. Cost: O(bits).
 */
export function readDigit({ w, bits }: DigitCode, bitsPerValue: number, index: number): number {
  requireBitsPerValue('readDigit', bitsPerValue);
  const count = bits / bitsPerValue;
  if (!(Number.isSafeInteger(index) && index >= 0 && index < count)) {
    throw new RangeError(`readDigit: index must be an integer 0 … ${count - 1}: got ${index}`);
  }
  return Number(BigInt.asUintN(bitsPerValue, w >> BigInt(bits - bitsPerValue * (index + 1))));
}

export function requireBitsPerValue(name: string, bitsPerValue: number): void {
  if (!(Number.isInteger(bitsPerValue) && bitsPerValue >= 1 && bitsPerValue <= 32)) {
    throw new RangeError(`${name}: bitsPerValue must be an integer 1 … 32: got ${bitsPerValue}`);
  }
}
