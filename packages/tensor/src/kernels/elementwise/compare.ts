import type { ElementwiseBinary, ElementwiseUnary } from './contract.js';
import { binaryFromRow, unaryFromRow } from './scalar.js';

// Comparisons and what is made of them, one loop an operation as in arithmetic.ts.

export const equalKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] === b[bo] ? 1 : 0;
});

export const notEqualKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] !== b[bo] ? 1 : 0;
});

export const lessKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] < b[bo] ? 1 : 0;
});

export const lessEqualKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] <= b[bo] ? 1 : 0;
});

export const greaterKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] > b[bo] ? 1 : 0;
});

export const greaterEqualKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow(
  (out, o, a, ao, as, b, bo, bs, n) => {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] >= b[bo] ? 1 : 0;
  },
);

export const maximumKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = Math.max(a[ao], b[bo]);
});

export const minimumKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = Math.min(a[ao], b[bo]);
});

export const absKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = Math.abs(a[ao]);
});

export const signKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = Math.sign(a[ao]);
});

// The sign of an activation is a coin toss: a branch on it is predicted wrongly every other time, which costs more than all the rest (8 ns an element
// against 1.2). So the comparison becomes a factor k of 0 or 1. 0·(½ − k) turns the −0 of a negative number times 0 into +0 and leaves a
// −0 that is kept alone. Infinities and NaN, of which the product with 0 is NaN, take a branch that is predicted rightly.

/** max(x, 0), NaN for NaN. */
export const reluKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) {
    const x = a[ao];
    const k = +(x > 0);
    out[o + i] = x === Number.NEGATIVE_INFINITY ? 0 : x * k + 0 * (0.5 - k);
  }
});

/** a where b > 0, else 0. */
export const reluGradKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) {
    const g = a[ao];
    const k = +(b[bo] > 0);
    if (g - g === 0) out[o + i] = g * k + 0 * (0.5 - k);
    else out[o + i] = k === 1 ? g : 0;
  }
});

export const logicalAndKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] !== 0 && b[bo] !== 0 ? 1 : 0;
});

export const logicalOrKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] !== 0 || b[bo] !== 0 ? 1 : 0;
});

export const logicalXorKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = (a[ao] !== 0) !== (b[bo] !== 0) ? 1 : 0;
});

export const logicalNotKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = a[ao] === 0 ? 1 : 0;
});

export const isNaNKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = Number.isNaN(a[ao]) ? 1 : 0;
});

export const isFiniteKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = Number.isFinite(a[ao]) ? 1 : 0;
});

export const isInfKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = Math.abs(a[ao]) === Number.POSITIVE_INFINITY ? 1 : 0;
});
