import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { signOfLargest, unitScale } from './index.js';

describe('unitScale', () => {
  test.prop([fc.double({ min: 2 ** -1000, noNaN: true, noDefaultInfinity: true })])(
    'is a power of two that brings a magnitude between 1 and 2',
    (largest) => {
      const scale = unitScale(largest);
      expect(Number.isInteger(Math.log2(scale))).toBe(true);
      // Just below a power of two the logarithm, up to 1024 with 53 bits, may round to that power: it is off by at most 2^-43.
      expect(largest * scale).toBeGreaterThanOrEqual(1 - 2 ** -43);
      expect(largest * scale).toBeLessThanOrEqual(2);
    },
  );

  it('stays finite for subnormals, and is 1 for 0', () => {
    expect([unitScale(0), unitScale(Number.MIN_VALUE), unitScale(2 ** -1022)]).toEqual([1, 2 ** 1000, 2 ** 1000]);
  });
});

describe('signOfLargest', () => {
  const vector = fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 8 });

  test.prop([vector, fc.nat(3), fc.constantFrom(1, 2, 3)])(
    'is that of the first largest magnitude',
    (x, offset, stride) => {
      const data = new Float64Array(offset + stride * x.length + 1).fill(-9);
      x.forEach((v, i) => {
        data[offset + i * stride] = v;
      });
      const largest = x.find((v) => x.every((w) => Math.abs(w) <= Math.abs(v))) ?? 0;
      expect(signOfLargest(x.length, data, offset, stride)).toBe(largest < 0 ? -1 : 1);
    },
  );
});
