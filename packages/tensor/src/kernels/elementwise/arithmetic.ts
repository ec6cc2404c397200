import { addLanes, divLanes, mulLanes, negLanes, squareLanes, subLanes } from '../lanes/index.js';
import type { ElementwiseBinary, ElementwiseUnary } from './contract.js';
import { addNumber, addPair, divNumber, divPair, fastRow, mulNumber, mulPair, subNumber, subPair } from './float64.js';
import { binaryFromRow, unaryFromRow } from './scalar.js';
import { COPY_LONG, COPY_SINGLES, vectorRow } from './vector-row.js';

// One written-out loop an operation: V8 inlines a function into a shared loop only while it has seen a single one, and for
// these operations a call costs several times the arithmetic.

export const addKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow(
  /* @__PURE__ */ vectorRow(
    addLanes,
    /* @__PURE__ */ fastRow(
      (out, o, a, ao, as, b, bo, bs, n) => {
        for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] + b[bo];
      },
      addPair,
      addNumber,
    ),
    COPY_SINGLES,
  ),
);

export const subKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow(
  /* @__PURE__ */ vectorRow(
    subLanes,
    /* @__PURE__ */ fastRow(
      (out, o, a, ao, as, b, bo, bs, n) => {
        for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] - b[bo];
      },
      subPair,
      subNumber,
    ),
    COPY_SINGLES,
  ),
);

const mulFloats: ElementwiseBinary = /* @__PURE__ */ binaryFromRow(
  /* @__PURE__ */ vectorRow(
    mulLanes,
    /* @__PURE__ */ fastRow(
      (out, o, a, ao, as, b, bo, bs, n) => {
        for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] * b[bo];
      },
      mulPair,
      mulNumber,
    ),
    COPY_SINGLES,
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
  /* @__PURE__ */ vectorRow(
    divLanes,
    /* @__PURE__ */ fastRow(
      (out, o, a, ao, as, b, bo, bs, n) => {
        for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = a[ao] / b[bo];
      },
      divPair,
      divNumber,
    ),
    COPY_SINGLES,
  ),
);

export const negKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow(
  /* @__PURE__ */ vectorRow(
    negLanes,
    (out, o, a, ao, as, _b, _bo, _bs, n) => {
      for (let i = 0; i < n; i++, ao += as) out[o + i] = -a[ao];
    },
    COPY_LONG,
  ),
);

const squareFloats: ElementwiseUnary = /* @__PURE__ */ unaryFromRow(
  /* @__PURE__ */ vectorRow(
    squareLanes,
    (out, o, a, ao, as, _b, _bo, _bs, n) => {
      for (let i = 0; i < n; i++, ao += as) out[o + i] = a[ao] * a[ao];
    },
    COPY_LONG,
  ),
);

export const squareKernel: ElementwiseUnary = (out, x, offset, strides, shape) => {
  if (out instanceof Int32Array) mulInts(out, x, offset, strides, x, offset, strides, shape);
  else squareFloats(out, x, offset, strides, shape);
};
