import type { ElementwiseBinary, ElementwiseUnary } from './contract.js';
import { addNumber, addPair, divNumber, divPair, fastRow, mulNumber, mulPair, subNumber, subPair } from './float64.js';
import { binaryFromRow, unaryFromRow } from './scalar.js';

// One written-out loop an operation: V8 inlines a function into a shared loop only while it has seen a single one, and for
// these operations a call costs several times the arithmetic.

export const addKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow(
  /* @__PURE__ */ fastRow(
    (out, o, a, ao, as, b, bo, bs, n) => {
      for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] + b[bo];
    },
    addPair,
    addNumber,
  ),
);

export const subKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow(
  /* @__PURE__ */ fastRow(
    (out, o, a, ao, as, b, bo, bs, n) => {
      for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] - b[bo];
    },
    subPair,
    subNumber,
  ),
);

const mulFloats: ElementwiseBinary = /* @__PURE__ */ binaryFromRow(
  /* @__PURE__ */ fastRow(
    (out, o, a, ao, as, b, bo, bs, n) => {
      for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] * b[bo];
    },
    mulPair,
    mulNumber,
  ),
);

// A product of integers can need 62 bits; rounded to the 53 of a double it would lose the low ones, which wrapping keeps.
const mulInts: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = Math.imul(a[ao], b[bo]);
});

export const mulKernel: ElementwiseBinary = (out, a, aOffset, aStrides, b, bOffset, bStrides, shape) => {
  const kernel = out instanceof Int32Array ? mulInts : mulFloats;
  kernel(out, a, aOffset, aStrides, b, bOffset, bStrides, shape);
};

export const divKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow(
  /* @__PURE__ */ fastRow(
    (out, o, a, ao, as, b, bo, bs, n) => {
      for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] / b[bo];
    },
    divPair,
    divNumber,
  ),
);

export const negKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = -a[ao];
});

const squareFloats: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = a[ao] * a[ao];
});

export const squareKernel: ElementwiseUnary = (out, x, offset, strides, shape) => {
  if (out instanceof Int32Array) mulInts(out, x, offset, strides, x, offset, strides, shape);
  else squareFloats(out, x, offset, strides, shape);
};
