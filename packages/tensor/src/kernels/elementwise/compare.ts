import { absLanes, maximumLanes, minimumLanes, signLanes } from '../lanes/index.js';
import type { ElementwiseBinary, ElementwiseUnary } from './contract.js';
import { binaryFromRow, unaryFromRow } from './scalar.js';
import { COPY_LONG, vectorRow } from './vector-row.js';

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

export const maximumKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow(
  /* @__PURE__ */ vectorRow(
    maximumLanes,
    (out, o, a, ao, as, b, bo, bs, n) => {
      for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = Math.max(a[ao], b[bo]);
    },
    COPY_LONG,
  ),
);

export const minimumKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow(
  /* @__PURE__ */ vectorRow(
    minimumLanes,
    (out, o, a, ao, as, b, bo, bs, n) => {
      for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = Math.min(a[ao], b[bo]);
    },
    COPY_LONG,
  ),
);

export const absKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow(
  /* @__PURE__ */ vectorRow(
    absLanes,
    (out, o, a, ao, as, _b, _bo, _bs, n) => {
      for (let i = 0; i < n; i++, ao += as) out[o + i] = Math.abs(a[ao]);
    },
    COPY_LONG,
  ),
);

export const signKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow(
  /* @__PURE__ */ vectorRow(
    signLanes,
    (out, o, a, ao, as, _b, _bo, _bs, n) => {
      for (let i = 0; i < n; i++, ao += as) out[o + i] = Math.sign(a[ao]);
    },
    COPY_LONG,
  ),
);

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
