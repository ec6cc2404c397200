import { productTail } from './double-double.js';

/** 2^(j/128), rounded. */
export const EXP_HIGH: Float64Array = /* @__PURE__ */ new Float64Array(128);
/** 2^(j/128) − EXP_HIGH[j], rounded. */
export const EXP_LOW: Float64Array = /* @__PURE__ */ fill(EXP_HIGH);
/** ln(1 + EXP_LOW[j]/EXP_HIGH[j]), rounded: what is to be added to r where EXP_HIGH[j]·eʳ is to be as exact as the two together. */
export const EXP_REST: Float64Array = /* @__PURE__ */ EXP_LOW.map((low, j) => low / EXP_HIGH[j]);

// ln 2/128 in two parts, of which the first has 36 bits, so that its product with any exponent·128 is exact.
export const STEPS = 184.6649652337873;
export const STEP_HIGH = 0.005415212348111709;
export const STEP_LOW = 1.2864023111638346e-14;

/** Powers of the seventh square root of 2, as sums of two doubles: + − × ÷ √ give them the same bits everywhere. */
function fill(high: Float64Array): Float64Array {
  const low = new Float64Array(128);
  let root = 2;
  let rest = 0;
  for (let i = 0; i < 7; i++) {
    const h = Math.sqrt(root);
    const square = h * h;
    rest = (root - square - productTail(h, h, square) + rest) / (2 * h);
    root = h;
  }
  high[0] = 1;
  for (let j = 1; j < 128; j++) {
    const h = high[j - 1] * root;
    const l = productTail(high[j - 1], root, h) + (high[j - 1] * rest + low[j - 1] * root);
    high[j] = h + l;
    low[j] = h - high[j] + l;
  }
  return low;
}
