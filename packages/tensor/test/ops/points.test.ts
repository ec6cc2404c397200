import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { grad } from '../../src/core/grad.js';
import { elu, eluDefaults, gelu, leakyRelu, leakyReluDefaults, relu, silu } from '../../src/core/ops/activations.js';
import { acosh } from '../../src/core/ops/hyperbolic.js';
import { power } from '../../src/core/ops/power.js';
import { floorDivide, mod } from '../../src/core/ops/remainder.js';
import { cbrt, hypot, sqrt } from '../../src/core/ops/roots.js';
import { round } from '../../src/core/ops/rounding.js';
import { abs } from '../../src/core/ops/sign.js';
import { acos, asin, atan2 } from '../../src/core/ops/trigonometric.js';
import type { Tensor } from '../../src/core/tensor.js';
import { elements, fromData } from '../support/elements.js';
import { functions, loose } from '../support/loose.js';

const inf = Number.POSITIVE_INFINITY;
const scalar = (x: number): Tensor => fromData({ shape: [], data: Float64Array.of(x) });
const vector = (...xs: number[]): Tensor => fromData({ shape: [xs.length], data: Float64Array.from(xs) });

/** Derivatives of order 1, 2, … at a point. */
function derivatives(f: (x: Tensor) => Tensor, x: number, orders: number): number[] {
  const values: number[] = [];
  let next = f;
  for (let k = 0; k < orders; k++) {
    const before = next;
    next = grad((t: Tensor) => before(t));
    values.push(next(scalar(x)).item());
  }
  return values;
}

// Where a rule that is right elsewhere would give NaN.
describe('derivatives at points', () => {
  test.each<[string, (x: Tensor) => Tensor, number, number[]]>([
    ['x⁰ at 0', (x) => power(x, 0), 0, [0, 0, 0]],
    ['x¹ at 0', (x) => power(x, 1), 0, [1, 0, 0]],
    ['x² at 0', (x) => power(x, 2), 0, [0, 2, 0]],
    ['x³ at 0', (x) => power(x, 3), 0, [0, 0, 6, 0]],
    ['x³ at −2', (x) => power(x, 3), -2, [12, -12, 6, 0]],
    ['√x at 0', sqrt, 0, [inf]],
    ['∛x at 0', cbrt, 0, [inf]],
    ['asin x at 1', asin, 1, [inf]],
    ['acos x at −1', acos, -1, [-inf]],
    ['acosh x at 1', acosh, 1, [inf]],
    ['acosh x at 2⁶⁰⁰', acosh, 2 ** 600, [2 ** -600]],
    ['|x| at 0', abs, 0, [0, 0]],
    ['relu at 0', relu, 0, [0, 0]],
    ['relu at 2', relu, 2, [1, 0]],
    ['leakyRelu at 0', leakyRelu, 0, [1, 0]],
    ['leakyRelu at −1', leakyRelu, -1, [0.01, 0]],
    ['elu at 0', elu, 0, [1, 1, 1]],
    ['elu at 800', elu, 800, [1, 0]],
    ['silu at 0', silu, 0, [0.5, 0.5]],
    ['silu at 800', silu, 800, [1, 0]],
    ['gelu at 50', gelu, 50, [1, 0]],
    ['round at 0.3', round, 0.3, [0]],
    ['x mod 3 at 7.5', (x) => mod(x, 3), 7.5, [1, 0]],
    ['7.5 mod x at 3', (x) => mod(7.5, x), 3, [-2, 0]],
    ['⌊x/2⌋ at 3.5', (x) => floorDivide(x, 2), 3.5, [0]],
    ['hypot(x, 0) at 0', (x) => hypot(x, 0), 0, [0]],
    ['hypot(x, 4) at 3', (x) => hypot(x, 4), 3, [0.6]],
    // 1/y overflows, x/y does not.
    ['hypot(x, 0) at 1e-320', (x) => hypot(x, 0), 1e-320, [1]],
    ['atan2(x, 1e300) at 1e300', (x) => atan2(x, 1e300), 1e300, [0.5e-300]],
  ])('%s', (_name, f, x, expected) => {
    const actual = derivatives(f, x, expected.length);
    actual.forEach((v, i) => {
      // 0 and −0 are the same here; a few roundings are allowed.
      if (Number.isFinite(expected[i]))
        expect(Math.abs(v - expected[i])).toBeLessThanOrEqual(4e-16 * Math.abs(expected[i]));
      else expect(v).toBe(expected[i]);
    });
  });
});

describe('activations with options', () => {
  test('leakyRelu', () => {
    expect(leakyReluDefaults).toEqual({ negativeSlope: 0.01 });
    const x = vector(-2, 0, 3, -inf, inf, Number.NaN);
    expect(elements(leakyRelu(x))).toEqual([-0.02, 0, 3, -inf, inf, Number.NaN]);
    expect(elements(leakyRelu(x, { negativeSlope: 0.5 }))).toEqual([-1, 0, 3, -inf, inf, Number.NaN]);
  });

  test('elu', () => {
    expect(eluDefaults).toEqual({ alpha: 1 });
    const x = vector(-inf, -1, 0, 3, 800, Number.NaN);
    expect(elements(elu(x))).toEqual([-1, Math.expm1(-1), 0, 3, 800, Number.NaN]);
    expect(elements(elu(x, { alpha: 2 }))).toEqual([-2, 2 * Math.expm1(-1), 0, 3, 800, Number.NaN]);
    expect(elu(fromData({ shape: [1], data: Float64Array.of(-1) }, 'float32')).dtype).toBe('float32');
  });

  test.each([
    ['leakyRelu', { slope: 1 }, 'leakyRelu: unknown option slope; it takes negativeSlope'],
    ['leakyRelu', { negativeSlope: '1' }, "leakyRelu: negativeSlope must be a number, got '1'"],
    ['elu', { alpha: true }, 'elu: alpha must be a number, got true'],
    ['elu', 2, 'elu: options must be an object, got 2'],
  ] as const)('%s refuses %o', (name, options, message) => {
    expect(functions.has(name)).toBe(true);
    expect(() => loose(name)(vector(1), options)).toThrow(new TypeError(message));
  });
});

test('mod and floorDivide keep the signs of zeros as NumPy does', () => {
  expect(elements(mod(vector(6, -6, 6, -6), vector(3, 3, -3, -3)))).toEqual([0, 0, -0, -0]);
  expect(elements(floorDivide(vector(1, -1, 0, -7, 7), vector(2, 2, -3, 2, -2)))).toEqual([0, -1, -0, -4, -4]);
  expect(elements(mod(vector(-1, 1, 5), vector(inf, -inf, 0)))).toEqual([inf, -inf, Number.NaN]);
  expect(elements(floorDivide(vector(-1, 1, 1, 0), vector(inf, -inf, 0, 0)))).toEqual([-1, -1, inf, Number.NaN]);
  // The rounded quotient is 10, the exact one is not.
  expect(elements(floorDivide(vector(1), vector(0.1)))).toEqual([9]);
});

test('round goes to the even one of two integers and keeps the sign of zero', () => {
  expect(elements(round(vector(0.5, 1.5, 2.5, -0.5, -1.5, -0.2, -0, 2 ** 52 + 1, 0.49999999999999994)))).toEqual([
    0,
    2,
    2,
    -0,
    -2,
    -0,
    -0,
    2 ** 52 + 1,
    0,
  ]);
});
