import type { ElementwiseBinary, ElementwiseUnary } from './contract.js';
import { binaryFromRow, unaryFromRow } from './scalar.js';

// One written-out loop an operation: V8 inlines a function into a shared loop only while it has seen a single one, and for
// these operations a call costs several times the arithmetic.

export const addKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] + b[bo];
});

export const subKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] - b[bo];
});

export const mulKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] * b[bo];
});

export const divKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] / b[bo];
});

export const negKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = -a[ao];
});

export const squareKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = a[ao] * a[ao];
});
