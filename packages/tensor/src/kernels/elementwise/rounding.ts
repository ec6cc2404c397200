import { reciprocalLanes, sqrtLanes } from '../lanes/index.js';
import type { ElementwiseBinary, ElementwiseUnary } from './contract.js';
import { binaryFromRow, unaryFromRow } from './scalar.js';
import { COPY_LONG, vectorRow } from './vector-row.js';

/** The nearest integer, of two the even one: adding and subtracting 2⁵² rounds the way every addition does. */
function nearest(x: number): number {
  const a = Math.abs(x);
  if (!(a < 4503599627370496) || a === 0) return x;
  const r = a + 4503599627370496 - 4503599627370496;
  return x < 0 ? -r : r;
}

/** x − ⌊x/y⌋·y, exactly rounded, with the sign of y, also where it is 0 (Python and NumPy). */
function modulo(x: number, y: number): number {
  const r = x % y;
  if (r === 0) return y < 0 ? -0 : 0;
  return r < 0 !== y < 0 ? r + y : r;
}

/** ⌊x/y⌋ of the exact quotient (NumPy's divmod): of the rounded one it would be 1 too large just below an integer. */
function floorQuotient(x: number, y: number): number {
  if (y === 0) return x / y;
  const r = x % y;
  const q = (x - r) / y - (r !== 0 && r < 0 !== y < 0 ? 1 : 0);
  // (x − r)/y is an integer up to its rounding; q is exact below 2⁵³.
  // A zero has the sign of x/y, also where x is one.
  return q === 0 ? 0 * (x / y) : nearest(q);
}

export const sqrtKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow(
  /* @__PURE__ */ vectorRow(
    sqrtLanes,
    (out, o, a, ao, as, _b, _bo, _bs, n) => {
      for (let i = 0; i < n; i++, ao += as) out[o + i] = Math.sqrt(a[ao]);
    },
    COPY_LONG,
  ),
);

export const reciprocalKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow(
  /* @__PURE__ */ vectorRow(
    reciprocalLanes,
    (out, o, a, ao, as, _b, _bo, _bs, n) => {
      for (let i = 0; i < n; i++, ao += as) out[o + i] = 1 / a[ao];
    },
    COPY_LONG,
  ),
);

export const floorKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = Math.floor(a[ao]);
});

export const ceilKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = Math.ceil(a[ao]);
});

export const truncKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = Math.trunc(a[ao]);
});

export const roundKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = nearest(a[ao]);
});

export const modKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = modulo(a[ao], b[bo]);
});

export const fmodKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] % b[bo];
});

export const floorDivideKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = floorQuotient(a[ao], b[bo]);
});
