import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import * as math from '../../src/math/index.js';

type Unary = (x: number) => number;
const any = fc.double({ noNaN: true });

describe.each<[string, Unary]>([
  ['sin', math.sin],
  ['tan', math.tan],
  ['asin', math.asin],
  ['atan', math.atan],
  ['sinh', math.sinh],
  ['tanh', math.tanh],
  ['asinh', math.asinh],
  ['atanh', math.atanh],
  ['cbrt', math.cbrt],
  ['erf', math.erf],
])('%s', (_name, f) => {
  test.prop([any])('is odd, to the bit', (x) => {
    expect(f(-x)).toBe(-f(x));
  });
});

describe.each<[string, Unary]>([
  ['cos', math.cos],
  ['cosh', math.cosh],
])('%s', (_name, f) => {
  test.prop([any])('is even, to the bit', (x) => {
    expect(f(-x)).toBe(f(x));
  });
});

test.prop([any, any])('hypot is symmetric, pow multiplies signs, atan2 is odd in its first argument', (x, y) => {
  expect(math.hypot(x, y)).toBe(math.hypot(-y, x));
  expect(math.pow(-x, 2)).toBe(math.pow(x, 2));
  expect(math.atan2(-x, y)).toBe(-math.atan2(x, y));
});

// Where a table or a polynomial ends and another begins. Errors below 1 unit allow neighbours to change places by one unit, no more.
describe.each<[string, Unary, number[]]>([
  ['exp', math.exp, [0, 0.0027076, 0.0081229, 1, -708, 709]],
  ['exp2', math.exp2, [0, 1 / 256, 3 / 256, 1]],
  ['expm1', math.expm1, [0, 0.1, -0.1, 1]],
  ['log', math.log, [1, 1.0078125, 0.70703125, 1.4140625, 2, 0.99609375]],
  ['log1p', math.log1p, [0, 2 ** -54, 0.0078125, 0.4140625]],
  ['tanh', math.tanh, [0.625, 1, 22]],
  ['sinh', math.sinh, [1, 40]],
  ['atan', math.atan, [0.4375, 0.6875, 1.1875, 2.4375]],
  ['asin', math.asin, [0.5, -0.5]],
  ['cbrt', math.cbrt, [1, 8, 64]],
  ['erf', math.erf, [0.75, 6, -0.75]],
  ['sigmoid', math.sigmoid, [0, 40, -40]],
  ['softplus', math.softplus, [0, 40, -40]],
  ['asinh', math.asinh, [2 ** -10, 2 ** 28]],
])('%s', (_name, f, seams) => {
  test.each(seams)('is increasing up to a unit in the last place around %d', (seam) => {
    const step = Math.max(Math.abs(seam) * 2 ** -50, 2 ** -60);
    for (let i = -40; i < 40; i++) {
      const [low, high] = [f(seam + i * step), f(seam + (i + 1) * step)];
      expect(high - low, `between steps ${i} and ${i + 1}`).toBeGreaterThanOrEqual(-Math.abs(low) * 2 ** -52);
    }
  });
});
