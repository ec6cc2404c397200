/** The bits of 2/π after the point, in hexadecimal. */
const DIGITS =
  'a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb' +
  '4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7' +
  'ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc20';

/** 2/π in base 2²⁴, the first digit after the point first: as far as the product of the largest double with it is wanted. */
export const TWO_OVER_PI: Float64Array = /* @__PURE__ */ digits();

function digits(): Float64Array {
  return Float64Array.from({ length: 52 }, (_, i) => Number.parseInt(DIGITS.slice(6 * i, 6 * i + 6), 16));
}
