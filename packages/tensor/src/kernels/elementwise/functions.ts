import { acos, asin } from '../../math/asin.js';
import { acosh, asinh, atanh } from '../../math/asinh.js';
import { atan, atan2 } from '../../math/atan.js';
import { cbrt } from '../../math/cbrt.js';
import { erf, erfc, gelu } from '../../math/erf.js';
import { exp } from '../../math/exp.js';
import { exp2 } from '../../math/exp2.js';
import { expm1 } from '../../math/expm1.js';
import { exp32, sigmoid32, tanh32 } from '../../math/float32.js';
import { hypot } from '../../math/hypot.js';
import { log } from '../../math/log.js';
import { log1p } from '../../math/log1p.js';
import { log2, log10 } from '../../math/log2.js';
import { pow } from '../../math/pow.js';
import { sigmoid, softplus } from '../../math/sigmoid.js';
import { cos, sin } from '../../math/sin.js';
import { cosh, sinh } from '../../math/sinh.js';
import { tan } from '../../math/tan.js';
import { tanh } from '../../math/tanh.js';
import { cosLanes, expLanes, logLanes, sigmoidLanes, sinLanes, tanhLanes } from '../lanes/index.js';
import type { ElementwiseBinary, ElementwiseUnary } from './contract.js';
import { binaryFromRow, unaryFromRow } from './scalar.js';
import { COPY_ALL, vectorRow } from './vector-row.js';

// A loop for each function, so that V8 can inline the function into it: a loop that all of them shared would call it through a pointer.

export const expKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow(
  /* @__PURE__ */ vectorRow(
    expLanes,
    (out, o, a, ao, as, _b, _bo, _bs, n) => {
      if (out instanceof Float32Array && a instanceof Float32Array) {
        for (let i = 0; i < n; i++, ao += as) out[o + i] = exp32(a[ao]);
      } else {
        for (let i = 0; i < n; i++, ao += as) out[o + i] = exp(a[ao]);
      }
    },
    COPY_ALL,
  ),
);

export const exp2Kernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = exp2(a[ao]);
});

export const expm1Kernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = expm1(a[ao]);
});

export const logKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow(
  /* @__PURE__ */ vectorRow(
    logLanes,
    (out, o, a, ao, as, _b, _bo, _bs, n) => {
      for (let i = 0; i < n; i++, ao += as) out[o + i] = log(a[ao]);
    },
    COPY_ALL,
  ),
);

export const log1pKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = log1p(a[ao]);
});

export const log2Kernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = log2(a[ao]);
});

export const log10Kernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = log10(a[ao]);
});

export const sinKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow(
  /* @__PURE__ */ vectorRow(
    sinLanes,
    (out, o, a, ao, as, _b, _bo, _bs, n) => {
      for (let i = 0; i < n; i++, ao += as) out[o + i] = sin(a[ao]);
    },
    COPY_ALL,
  ),
);

export const cosKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow(
  /* @__PURE__ */ vectorRow(
    cosLanes,
    (out, o, a, ao, as, _b, _bo, _bs, n) => {
      for (let i = 0; i < n; i++, ao += as) out[o + i] = cos(a[ao]);
    },
    COPY_ALL,
  ),
);

export const tanKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = tan(a[ao]);
});

export const asinKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = asin(a[ao]);
});

export const acosKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = acos(a[ao]);
});

export const atanKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = atan(a[ao]);
});

export const sinhKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = sinh(a[ao]);
});

export const coshKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = cosh(a[ao]);
});

export const tanhKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow(
  /* @__PURE__ */ vectorRow(
    tanhLanes,
    (out, o, a, ao, as, _b, _bo, _bs, n) => {
      if (out instanceof Float32Array && a instanceof Float32Array) {
        for (let i = 0; i < n; i++, ao += as) out[o + i] = tanh32(a[ao]);
      } else {
        for (let i = 0; i < n; i++, ao += as) out[o + i] = tanh(a[ao]);
      }
    },
    COPY_ALL,
  ),
);

export const asinhKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = asinh(a[ao]);
});

export const acoshKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = acosh(a[ao]);
});

export const atanhKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = atanh(a[ao]);
});

export const cbrtKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = cbrt(a[ao]);
});

export const erfKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = erf(a[ao]);
});

export const erfcKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = erfc(a[ao]);
});

export const sigmoidKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow(
  /* @__PURE__ */ vectorRow(
    sigmoidLanes,
    (out, o, a, ao, as, _b, _bo, _bs, n) => {
      if (out instanceof Float32Array && a instanceof Float32Array) {
        for (let i = 0; i < n; i++, ao += as) out[o + i] = sigmoid32(a[ao]);
      } else {
        for (let i = 0; i < n; i++, ao += as) out[o + i] = sigmoid(a[ao]);
      }
    },
    COPY_ALL,
  ),
);

export const softplusKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = softplus(a[ao]);
});

export const geluKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = gelu(a[ao]);
});

// x·0 would be NaN at −∞, where the limit is −0.
const siluOf = (x: number): number => {
  const s = sigmoid(x);
  return s === 0 ? -0 : x * s;
};

export const siluKernel: ElementwiseUnary = /* @__PURE__ */ unaryFromRow((out, o, a, ao, as, _b, _bo, _bs, n) => {
  for (let i = 0; i < n; i++, ao += as) out[o + i] = siluOf(a[ao]);
});

/** aᵇ modulo 2³² for integers, b not negative: the low bits, which a double has lost where the power passes 2⁵³. */
const integerPower = (a: number, b: number): number => {
  let power = 1;
  for (; b > 0; b >>= 1, a = Math.imul(a, a)) if ((b & 1) === 1) power = Math.imul(power, a);
  return power;
};

export const powerKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  if (out instanceof Int32Array) {
    for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = integerPower(a[ao], b[bo]);
    return;
  }
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = pow(a[ao], b[bo]);
});

export const atan2Kernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = atan2(a[ao], b[bo]);
});

export const hypotKernel: ElementwiseBinary = /* @__PURE__ */ binaryFromRow((out, o, a, ao, as, b, bo, bs, n) => {
  for (let i = 0; i < n; i++, ao += as, bo += bs) out[o + i] = hypot(a[ao], b[bo]);
});
