/** 2 ** (i − 1074) for every power of two that is a double: a load instead of bits put together, and independent of byte order. */
export const POWERS: Float64Array = /* @__PURE__ */ powersOfTwo();

/** Added and subtracted again, it rounds a number below 2⁵¹ to the nearest integer, ties to even. */
export const ROUND = 6755399441055744;

/** One double and its two halves: the exponent is read from the half at {@link HIGH}. */
export const DOUBLE: Float64Array = /* @__PURE__ */ new Float64Array(1);
export const WORDS: Int32Array = /* @__PURE__ */ new Int32Array(DOUBLE.buffer);
export const HIGH: number = /* @__PURE__ */ placeOfHighWord();

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2098);
  let power = 2 ** -1074;
  for (let i = 0; i < 2098; i++, power *= 2) powers[i] = power;
  return powers;
}

function placeOfHighWord(): number {
  return new Int32Array(Float64Array.of(1).buffer)[0] === 0 ? 1 : 0;
}
