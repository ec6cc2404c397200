import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { allocate } from '../src/core/allocate.js';
import type { DType, TypedArray } from '../src/core/dtype.js';

const kinds = { float64: Float64Array, float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;
const request = fc.tuple(
  fc.constantFrom<DType>('float64', 'float32', 'int32', 'bool'),
  // Inside V8's heap, out of a slab, and of its own, with the sizes where that changes.
  fc.oneof(fc.nat(20), fc.nat(300), fc.constantFrom(8, 9, 64, 65, 128, 129, 256, 257, 1023, 1024, 1025, 3000)),
);

const bytes = (x: TypedArray): number[] => [...new Uint8Array(x.buffer, x.byteOffset, x.byteLength)];

describe('allocate', () => {
  test.prop([fc.array(request, { maxLength: 60 })])('gives zeroed buffers that do not overlap', (requests) => {
    const buffers = requests.map(([dtype, size]) => {
      const x = allocate(dtype, size);
      expect(x).toBeInstanceOf(kinds[dtype]);
      expect(x.length).toBe(size);
      expect(bytes(x).every((byte) => byte === 0)).toBe(true);
      return x;
    });
    // Each is filled with bytes of its own; none may change another.
    buffers.forEach((x, i) => {
      new Uint8Array(x.buffer, x.byteOffset, x.byteLength).fill((i % 255) + 1);
    });
    buffers.forEach((x, i) => {
      expect(bytes(x).every((byte) => byte === (i % 255) + 1)).toBe(true);
    });
  });

  it('shares one slab among small buffers, and only among those', () => {
    const small = Array.from({ length: 100 }, () => allocate('float64', 64).buffer);
    expect(new Set(small).size).toBeLessThan(10);
    for (const buffer of small) expect(buffer.byteLength).toBeLessThanOrEqual(8192);
    const large = Array.from({ length: 5 }, () => allocate('float64', 129).buffer);
    expect(new Set(large).size).toBe(5);
    expect(large[0].byteLength).toBe(129 * 8);
  });
});
