import { atan, cos, exp, log, sigmoid as sigmoidOf, sin, softplus, tanh as tanhOf } from '@neuronseek/tensor/math';
import { affine, bottom, type Form, product, top, unknownForm } from './form.js';

/** What is known of a function around the middle m of an interval [l, u]; numbers may be off by 2^−48 of their `sizes`. */
interface Local {
  readonly value: number;
  readonly slope: number;
  /** Bounds of the second derivative on the interval. */
  readonly bend: readonly [number, number];
  /** What the error of `slope` is relative to. */
  readonly slopeSize: number;
  /** Values and slope for the second approximation, where the function ascends and `least` is its smallest derivative. */
  readonly ends?: readonly [number, number, number];
}

/** More than the roundings below and the errors of the functions of @neuronseek/tensor/math, 1.1 units in the last place. */
const slack = 2 ** -46;

/**
 * f of a form by the better of two affine approximations on its range [l, u]: Taylor's at the middle, whose remainder is between the bounds of
 * f″·(u − l)²/8 and 0, and the line with the smallest slope of an ascending f, from which f ascends.
 */
function linearized(form: Form, l: number, u: number, { value, slope, bend, slopeSize, ends }: Local): Form {
  const m = l + (u - l) / 2;
  const half = Math.max(u - m, m - l);
  const square = (half * half) / 2;
  const low = Math.min(0, bend[0]) * square;
  const high = Math.max(0, bend[1]) * square;
  const reach = (high - low) / 2;
  const far = Math.abs(m) + half;
  if (ends) {
    const [atL, atU, least] = ends;
    const [gL, gU] = [atL - least * l, atU - least * u];
    const other = (gU - gL) / 2;
    const error = slack * (Math.abs(atL) + Math.abs(atU) + (Math.abs(least) + slopeSize) * 2 * far);
    if (other < reach) return finite(affine(form, least, gL + other, Math.abs(other) + error), form);
  }
  const error = slack * (Math.abs(value) + (Math.abs(slope) + slopeSize) * far + high - low);
  return finite(affine(form, slope, value - slope * m + (low + high) / 2, reach + error), form);
}

function finite(result: Form, { length }: Form): Form {
  for (let k = 0; k < length; k++) if (!Number.isFinite(result[k])) return unknownForm(length - 2);
  return result;
}

/** f of a form, where what is known of f depends on the range alone. */
function by(local: (m: number, l: number, u: number) => Local | undefined): (form: Form) => Form {
  return (form) => {
    const [l, u] = [bottom(form), top(form)];
    const known = Number.isFinite(l) && Number.isFinite(u) ? local(l + (u - l) / 2, l, u) : undefined;
    return known ? linearized(form, l, u, known) : unknownForm(form.length - 2);
  };
}

export const relu: (form: Form) => Form = (form) => {
  const [l, u] = [bottom(form), top(form)];
  if (l >= 0) return form;
  if (u <= 0) return new Float64Array(form.length);
  if (!(Number.isFinite(l) && Number.isFinite(u))) return unknownForm(form.length - 2);
  // The chord from (l, 0) to (u, u) and the line below it through the kink.
  const slope = u / (u - l);
  const reach = (-slope * l) / 2;
  return affine(form, slope, reach, reach * (1 + slack) + slack * u);
};

/** |x| = 2·max(x, 0) − x on a range around 0, by the chord. */
export const absolute: (form: Form) => Form = (form) => {
  const [l, u] = [bottom(form), top(form)];
  if (l >= 0) return form;
  if (u <= 0) return affine(form, -1, 0, 0);
  if (!(Number.isFinite(l) && Number.isFinite(u))) return unknownForm(form.length - 2);
  const slope = (u + l) / (u - l);
  const reach = (u - slope * u) / 2;
  return affine(form, slope, reach, reach * (1 + slack) + slack * (u - l));
};

/** max of |tanh″|, 4/(3√3), rounded up. */
const steepest = 0.76980035891951;

export const tanh: (form: Form) => Form = /* @__PURE__ */ by((m, l, u) => {
  const [t, tl, tu] = [tanhOf(m), tanhOf(l), tanhOf(u)];
  const bend = (s: number): number => -2 * s * (1 - s * s);
  // tanh″ as a function of tanh has its extremes where tanh² = 1/3.
  const crest = 0.5773502691896257;
  const error = 2 ** -48;
  const low = tl <= crest && crest <= tu ? -steepest : Math.min(bend(tl), bend(tu)) - error;
  const high = tl <= -crest && -crest <= tu ? steepest : Math.max(bend(tl), bend(tu)) + error;
  const far = Math.max(-tl, tu);
  // A slope a little below the smallest, so that the difference surely ascends.
  const least = Math.max(0, 1 - far * far - error);
  return { value: t, slope: 1 - t * t, bend: [low, high], slopeSize: 1, ends: [tl, tu, least] };
});

/** 1/2 + tanh(x/2)/2. */
export const sigmoid: (form: Form) => Form = (form) => affine(tanh(affine(form, 0.5, 0, 0)), 0.5, 0.5, 0);

export const softplusForm: (form: Form) => Form = /* @__PURE__ */ by((m, l, u) => {
  const bend = (x: number): number => sigmoidOf(x) * sigmoidOf(-x);
  const high = l <= 0 && u >= 0 ? 0.25 : Math.max(bend(l), bend(u)) * (1 + slack);
  const least = sigmoidOf(l) * (1 - slack);
  return {
    value: softplus(m),
    slope: sigmoidOf(m),
    bend: [0, high],
    slopeSize: 1,
    ends: [softplus(l), softplus(u), least],
  };
});

export const expForm: (form: Form) => Form = /* @__PURE__ */ by((m, l, u) => {
  const [value, low, high] = [exp(m), exp(l), exp(u)];
  return { value, slope: value, bend: [0, high * (1 + slack)], slopeSize: 0, ends: [low, high, low * (1 - slack)] };
});

export const logForm: (form: Form) => Form = /* @__PURE__ */ by((m, l, u) => {
  if (!(l > 0)) return undefined;
  const bend: readonly [number, number] = [(-1 / l / l) * (1 + slack), 0];
  return { value: log(m), slope: 1 / m, bend, slopeSize: 0, ends: [log(l), log(u), (1 / u) * (1 - slack)] };
});

export const sqrtForm: (form: Form) => Form = /* @__PURE__ */ by((m, l, u) => {
  if (!(u >= 0)) return undefined;
  const low = Math.max(0, l);
  const root = Math.sqrt(u) * (1 + slack);
  // Near 0 the slope has no bound: only the range is used.
  if (!(l > 0)) return { value: 0, slope: 0, bend: [Number.NEGATIVE_INFINITY, 0], slopeSize: 0, ends: [0, root, 0] };
  const bend: readonly [number, number] = [(-0.25 / (low * Math.sqrt(low))) * (1 + slack), 0];
  const least = (0.5 / Math.sqrt(u)) * (1 - slack);
  return {
    value: Math.sqrt(m),
    slope: 0.5 / Math.sqrt(m),
    bend,
    slopeSize: 0,
    ends: [Math.sqrt(l), Math.sqrt(u), least],
  };
});

export const reciprocal: (form: Form) => Form = /* @__PURE__ */ by((m, l, u) => {
  if (l <= 0 && u >= 0) return undefined;
  const near = l > 0 ? l : u;
  const most = (2 / near / near / near) * (1 + slack);
  return { value: 1 / m, slope: -1 / m / m, bend: l > 0 ? [0, most] : [most, 0], slopeSize: 0 };
});

export const sinForm: (form: Form) => Form = /* @__PURE__ */ by((m, l, u) => {
  const [value, slope] = [sin(m), cos(m)];
  return { value, slope, bend: around(-value, u - l), slopeSize: 1 };
});

export const cosForm: (form: Form) => Form = /* @__PURE__ */ by((m, l, u) => {
  const [value, slope] = [cos(m), -sin(m)];
  return { value, slope, bend: around(-value, u - l), slopeSize: 1 };
});

export const atanForm: (form: Form) => Form = /* @__PURE__ */ by((m, l, u) => {
  const far = Math.max(-l, u);
  // |arctan″| ≤ 3√3/8.
  const bend: readonly [number, number] = [-0.65, 0.65];
  const least = (1 / (1 + far * far)) * (1 - slack);
  return { value: atan(m), slope: 1 / (1 + m * m), bend, slopeSize: 1, ends: [atan(l), atan(u), least] };
});

/** Values of a sine within `width` of where it is `value`: its slope is at most 1. */
function around(value: number, width: number): readonly [number, number] {
  return [Math.max(-1, value - width), Math.min(1, value + width)];
}

/** x^n for an integer n ≥ 1. */
export function powerForm(form: Form, n: number): Form {
  if (n === 1) return form;
  if (n > 64) {
    const half = Math.floor(n / 2);
    return product(powerForm(form, half), powerForm(form, n - half));
  }
  return by((m, l, u) => {
    const factor = n * (n - 1) * (1 + n * slack);
    const [atL, atU] = [factor * repeated(l, n - 2), factor * repeated(u, n - 2)];
    const crosses = n % 2 === 0 && l < 0 && u > 0 && n > 2;
    const bend: readonly [number, number] = [crosses ? 0 : Math.min(atL, atU), Math.max(atL, atU)];
    const slope = n * repeated(m, n - 1);
    return { value: repeated(m, n), slope, bend: widened(bend, n), slopeSize: Math.abs(slope) * n };
  })(form);
}

function widened([low, high]: readonly [number, number], n: number): readonly [number, number] {
  return [low - Math.abs(low) * n * slack, high + Math.abs(high) * n * slack];
}

/** x^n by n − 1 products: an error of n units in the last place at most. */
function repeated(x: number, n: number): number {
  let value = 1;
  for (let i = 0; i < n; i++) value *= x;
  return value;
}
