import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { exp } from '../../src/math/exp.js';
import { exp32, sigmoid32, tanh32 } from '../../src/math/float32.js';
import { sigmoid } from '../../src/math/sigmoid.js';
import { tanh } from '../../src/math/tanh.js';

/** Errors in float32 units of the true value, for which the float64 function, 2²⁹ times as exact, stands. */
function units(received: number, expected: number): number {
  if (Object.is(received, Math.fround(expected))) return 0;
  return Math.abs(received - expected) / 2 ** (Math.max(Math.floor(Math.log2(Math.abs(expected))), -126) - 23);
}

// Every third float32 number up to 10 was tried for tanh32, every seventh up to 104 for exp32, every 37th for sigmoid32: 1.777, 0.977 and 1.911 units
// at most.
describe.each([
  ['exp32', exp32, exp, 1, [88.72, -5.8606462478637695, 88.75, -103.97, -104.5]],
  ['tanh32', tanh32, tanh, 1.8, [0.5542007684707642, 0.55, 9.01, 9.1, 9.2]],
  ['sigmoid32', sigmoid32, sigmoid, 2, [16.675378799438477, 44, 86.99, 87, 87.01, 88.8, 104]],
] as const)('%s', (_name, f, reference, bound, hard) => {
  const check = (x: number): void => {
    const y = f(Math.fround(x));
    expect(Math.fround(y)).toBe(y);
    expect(units(y, reference(Math.fround(x)))).toBeLessThan(bound);
  };

  test.prop([fc.float({ noNaN: true })])('stays within its bound', check);

  it('stays within its bound in every binade, and where one formula gives way to another', () => {
    let seed = 1;
    for (let exponent = -149; exponent < 128; exponent++) {
      for (let i = 0; i < (exponent > -14 && exponent < 7 ? 400 : 8); i++) {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
        check(((seed & 1024) === 0 ? -1 : 1) * (1 + seed / 2 ** 32) * 2 ** exponent);
      }
    }
    for (const x of hard) for (const sign of [1, -1]) check(sign * x);
    for (const x of [0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(f(x)).toBe(reference(x));
    }
  });
});

test.prop([fc.float({ noNaN: true })])('tanh32 is odd, to the bit, and at most 1', (x) => {
  expect(tanh32(-x)).toBe(-tanh32(x));
  expect(Math.abs(tanh32(x))).toBeLessThanOrEqual(1);
});
