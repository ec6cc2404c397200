import { reluGradLanes, reluLanes } from '../lanes/index.js';
import type { ElementwiseBinary, ElementwiseUnary } from './contract.js';
import { fastRow } from './float64.js';
import { binaryFromRow, unaryFromRow } from './scalar.js';
import { COPY_SINGLES, vectorRow } from './vector-row.js';

// The sign of an activation is a coin toss: a branch on it is predicted wrongly every other time, which costs more than all the rest (8 ns an element
// against 1). So the comparison becomes a factor k of 0 or 1. 0·(½ − k) turns the −0 of a negative number times 0 into +0 and leaves a −0
// that is kept alone. Infinities and NaN, of which the product with 0 is NaN, take a branch that is predicted rightly.

/** max(x, 0), NaN for NaN. */
export const reluKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow(
  /* @__PURE__ */ vectorRow(
    reluLanes,
    /* @__PURE__ */ fastRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
      for (let i = 0; i < n; i++, ao += as) {
        const k = +(a[ao] > 0);
        out[o + i] = a[ao] === Number.NEGATIVE_INFINITY ? 0 : a[ao] * k + 0 * (0.5 - k);
      }
    }, reluPair),
    COPY_SINGLES,
  ),
);

/** a where b > 0, else 0. */
export const reluGradKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow(
  /* @__PURE__ */ vectorRow(
    reluGradLanes,
    /* @__PURE__ */ fastRow((out, o, a, ao, as, b, bo, bs, n) => {
      for (let i = 0; i < n; i++, ao += as, bo += bs) {
        const k = +(b[bo] > 0);
        const y = a[ao] * k + 0 * (0.5 - k);
        out[o + i] = Number.isNaN(y) && k === 0 ? 0 : y;
      }
    }, reluGradPair),
    COPY_SINGLES,
  ),
);

function reluPair(
  out: Float64Array,
  o: number,
  a: Float64Array,
  ao: number,
  _b: Float64Array,
  _bo: number,
  n: number,
): void {
  let i = 0;
  for (; i < n - 1; i += 2) {
    const x0 = a[ao + i];
    const x1 = a[ao + i + 1];
    const k0 = +(x0 > 0);
    const k1 = +(x1 > 0);
    out[o + i] = x0 === Number.NEGATIVE_INFINITY ? 0 : x0 * k0 + 0 * (0.5 - k0);
    out[o + i + 1] = x1 === Number.NEGATIVE_INFINITY ? 0 : x1 * k1 + 0 * (0.5 - k1);
  }
  if (i < n) out[o + i] = a[ao + i] <= 0 ? 0 : a[ao + i];
}

function reluGradPair(
  out: Float64Array,
  o: number,
  a: Float64Array,
  ao: number,
  b: Float64Array,
  bo: number,
  n: number,
): void {
  let i = 0;
  for (; i < n - 1; i += 2) {
    const g0 = a[ao + i];
    const g1 = a[ao + i + 1];
    const k0 = +(b[bo + i] > 0);
    const k1 = +(b[bo + i + 1] > 0);
    const y0 = g0 * k0 + 0 * (0.5 - k0);
    const y1 = g1 * k1 + 0 * (0.5 - k1);
    out[o + i] = Number.isNaN(y0) && k0 === 0 ? 0 : y0;
    out[o + i + 1] = Number.isNaN(y1) && k1 === 0 ? 0 : y1;
  }
  if (i < n) out[o + i] = b[bo + i] > 0 ? a[ao + i] : 0;
}
