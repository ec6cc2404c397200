import { fc, test } from '@fast-check/vitest';
import { expectSameBits } from '@neuronseek/testkit';
import { describe } from 'vitest';
import { cumprod, cumsum, recurrence } from './index.js';

const sizes = fc.record({ outer: fc.nat(3), n: fc.nat(5), inner: fc.nat(3), reverse: fc.boolean() });
const numbers = (length: number, shift: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => (i % 6 === 3 ? 0 : Math.sin(i + shift)));

describe('scans', () => {
  test.prop([sizes])('follow their recurrence in every column', ({ outer, n, inner, reverse }) => {
    const a = numbers(outer * n * inner, 1);
    const b = numbers(a.length, 2);
    const outs = [new Float64Array(a.length), new Float64Array(a.length), new Float64Array(a.length)];
    cumsum(outs[0], a, outer, n, inner, reverse);
    cumprod(outs[1], a, outer, n, inner, reverse);
    recurrence(outs[2], a, b, outer, n, inner, reverse);
    const expected = outs.map((out) => new Float64Array(out.length));
    for (let o = 0; o < outer; o++) {
      for (let q = 0; q < inner; q++) {
        let state: number[] | undefined;
        for (let k = 0; k < n; k++) {
          const at = (o * n + (reverse ? n - 1 - k : k)) * inner + q;
          state =
            state === undefined
              ? [a[at], a[at], b[at]]
              : [state[0] + a[at], state[1] * a[at], a[at] * state[2] + b[at]];
          state.forEach((v, i) => {
            expected[i][at] = v;
          });
        }
      }
    }
    outs.forEach((out, i) => {
      expectSameBits(out, expected[i]);
    });
  });

  test('a sum of negative zeros is one, in one column and in several', () => {
    for (const inner of [1, 2]) {
      for (const reverse of [false, true]) {
        const out = new Float64Array(2 * inner);
        cumsum(out, new Float64Array(2 * inner).fill(-0), 1, 2, inner, reverse);
        expectSameBits(out, new Array<number>(2 * inner).fill(-0));
      }
    }
  });

  test('int32 wraps around in every layout', () => {
    for (const inner of [1, 2]) {
      const sums = new Int32Array(2 * inner);
      cumsum(sums, new Int32Array(2 * inner).fill(2 ** 31 - 1), 1, 2, inner, false);
      expectSameBits(
        sums,
        [2 ** 31 - 1, -2].flatMap((v) => new Array<number>(inner).fill(v)),
      );
    }
  });

  test('recurrence does not read the first factor', () => {
    const out = new Float64Array(2);
    recurrence(out, Float64Array.of(Number.NaN, 2), Float64Array.of(3, 1), 1, 2, 1, false);
    expectSameBits(out, [3, 7]);
  });
});
