import { wasmRuntime } from '../../wasm/runtime.js';
import type { Buffer } from '../copy/contract.js';
import type { Fold } from './contract.js';
import { maxRows, minRows } from './rows.js';
import { vectorExtrema } from './vector-extrema.js';

/** Product, left to right; that of an Int32Array wraps around. */
export const prodFold: Fold = (x, offset, stride, n) => {
  let product = 1;
  if (x instanceof Int32Array) {
    for (let i = 0, at = offset; i < n; i++, at += stride) product = Math.imul(product, x[at]);
    return product;
  }
  for (let i = 0, at = offset; i < n; i++, at += stride) product *= x[at];
  return product;
};

/** Largest element; NaN when there is one, as in NumPy. */
export const maxFold: Fold = /* @__PURE__ */ Object.assign(plainMax, {
  byRows: maxRows,
  byVectors: /* @__PURE__ */ vectorExtrema(wasmRuntime, true, false),
});

function plainMax(x: Buffer, offset: number, stride: number, n: number): number {
  let best = x[offset];
  for (let i = 1, at = offset + stride; i < n; i++, at += stride) {
    if (x[at] > best || Number.isNaN(x[at])) best = x[at];
  }
  return best;
}

/** Smallest element; NaN when there is one. */
export const minFold: Fold = /* @__PURE__ */ Object.assign(plainMin, {
  byRows: minRows,
  byVectors: /* @__PURE__ */ vectorExtrema(wasmRuntime, false, false),
});

function plainMin(x: Buffer, offset: number, stride: number, n: number): number {
  let best = x[offset];
  for (let i = 1, at = offset + stride; i < n; i++, at += stride) {
    if (x[at] < best || Number.isNaN(x[at])) best = x[at];
  }
  return best;
}

/** Index of the first largest element; of the first NaN when there is one. */
export const argmaxFold: Fold = /* @__PURE__ */ Object.assign(plainArgmax, {
  byVectors: /* @__PURE__ */ vectorExtrema(wasmRuntime, true, true),
});

function plainArgmax(x: Buffer, offset: number, stride: number, n: number): number {
  let best = 0;
  let value = x[offset];
  for (let i = 1, at = offset + stride; i < n && !Number.isNaN(value); i++, at += stride) {
    if (x[at] > value || Number.isNaN(x[at])) {
      best = i;
      value = x[at];
    }
  }
  return best;
}

/** Index of the first smallest element; of the first NaN when there is one. */
export const argminFold: Fold = /* @__PURE__ */ Object.assign(plainArgmin, {
  byVectors: /* @__PURE__ */ vectorExtrema(wasmRuntime, false, true),
});

function plainArgmin(x: Buffer, offset: number, stride: number, n: number): number {
  let best = 0;
  let value = x[offset];
  for (let i = 1, at = offset + stride; i < n && !Number.isNaN(value); i++, at += stride) {
    if (x[at] < value || Number.isNaN(x[at])) {
      best = i;
      value = x[at];
    }
  }
  return best;
}

/** 1 when an element is not 0 (NaN is not), else 0; stops at the first. */
export const anyFold: Fold = (x, offset, stride, n) => {
  for (let i = 0, at = offset; i < n; i++, at += stride) if (x[at] !== 0) return 1;
  return 0;
};

/** 0 when an element is 0, else 1; stops at the first. */
export const allFold: Fold = (x, offset, stride, n) => {
  for (let i = 0, at = offset; i < n; i++, at += stride) if (x[at] === 0) return 0;
  return 1;
};

/** How many elements are not 0. */
export const countNonzeroFold: Fold = (x, offset, stride, n) => {
  let count = 0;
  for (let i = 0, at = offset; i < n; i++, at += stride) if (x[at] !== 0) count++;
  return count;
};
