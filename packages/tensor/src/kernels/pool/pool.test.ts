import { fc, test } from '@fast-check/vitest';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { averagePool, averageUnpool, maxPositions, type PoolSizes } from './index.js';

const some = fc.integer({ min: 1, max: 3 });

/** Windows that may reach over every edge, each on an element: its first one stands on x or, at the front, its last one does. */
const sizes: fc.Arbitrary<PoolSizes> = fc
  .record({
    batch: fc.nat(2),
    channels: fc.nat(2),
    height: some,
    width: fc.integer({ min: 1, max: 5 }),
    windowHeight: some,
    windowWidth: some,
    strideHeight: some,
    strideWidth: some,
    dilationHeight: fc.constant(1),
    dilationWidth: fc.constant(1),
    top: fc.nat(2),
    left: fc.nat(2),
  })
  .map((s) => {
    const [top, left] = [Math.min(s.top, s.windowHeight - 1), Math.min(s.left, s.windowWidth - 1)];
    return {
      ...s,
      top,
      left,
      outHeight: Math.ceil((s.height + top) / s.strideHeight),
      outWidth: Math.ceil((s.width + left) / s.strideWidth),
    };
  });

/** A buffer of numbers that follow from a seed, read with gaps or backwards. */
function operand(shape: readonly number[], seed: number, backwards: boolean) {
  const [n, c, h, w] = shape;
  const data = Float64Array.from({ length: 2 * n * c * h * w + 1 }, (_, i) => ((i * 37 + seed) % 19) - 9);
  const sign = backwards ? -1 : 1;
  const strides = [2 * c * h * w, 2 * h * w, 2 * w, 2].map((stride) => sign * stride);
  return { data, offset: backwards ? data.length - 1 : 0, strides };
}

type Operand = ReturnType<typeof operand>;

const read = ({ data, offset, strides }: Operand, index: readonly number[]): number =>
  data[index.reduce((at, i, axis) => at + i * strides[axis], offset)];

/** The elements of x that each window sees, as [n, c, row, column], window after window. */
function windows(s: PoolSizes): number[][][] {
  const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
  return range(s.batch).flatMap((n) =>
    range(s.channels).flatMap((c) =>
      range(s.outHeight).flatMap((i) =>
        range(s.outWidth).map((j) =>
          range(s.windowHeight)
            .flatMap((p) =>
              range(s.windowWidth).map((q) => [n, c, i * s.strideHeight + p - s.top, j * s.strideWidth + q - s.left]),
            )
            .filter(([, , row, column]) => row >= 0 && row < s.height && column >= 0 && column < s.width),
        ),
      ),
    ),
  );
}

const problems = fc.record({ s: sizes, seed: fc.nat(100), backwards: fc.boolean(), countPadding: fc.boolean() });

describe('pooling', () => {
  test.prop([problems])('finds the first of the largest elements, on any layout', ({ s, seed, backwards }) => {
    const x = operand([s.batch, s.channels, s.height, s.width], seed, backwards);
    const seen = windows(s);
    const positions = new Int32Array(seen.length);
    maxPositions(s, positions, x.data, x.offset, x.strides);
    const expected = seen.map((places) => {
      const values = places.map((place) => read(x, place));
      const [, , row, column] = places[values.indexOf(Math.max(...values))];
      return row * s.width + column;
    });
    expect(Array.from(positions)).toEqual(expected);
  });

  test.prop([problems])('averages, and hands back in equal shares', ({ s, seed, backwards, countPadding }) => {
    const x = operand([s.batch, s.channels, s.height, s.width], seed, backwards);
    const g = operand([s.batch, s.channels, s.outHeight, s.outWidth], seed + 1, backwards);
    const seen = windows(s);
    const y = new Float64Array(seen.length);
    averagePool(s, countPadding, y, x.data, x.offset, x.strides);
    const pulled = new Float64Array(s.batch * s.channels * s.height * s.width);
    averageUnpool(s, countPadding, pulled, g.data, g.offset, g.strides);
    const shares = new Float64Array(pulled.length);
    const perPlane = s.outHeight * s.outWidth;
    const means = seen.map((places, at) => {
      const count = countPadding ? s.windowHeight * s.windowWidth : places.length;
      const [n, c, row, column] = [
        places[0][0],
        places[0][1],
        Math.floor((at % perPlane) / s.outWidth),
        at % s.outWidth,
      ];
      for (const [, , i, j] of places) {
        shares[((n * s.channels + c) * s.height + i) * s.width + j] += read(g, [n, c, row, column]) / count;
      }
      return places.reduce((total, place) => total + read(x, place), 0) / count;
    });
    // Sums of at most 9 numbers up to 9, in the same order as here.
    expectClose(y, means, { factor: 9, scale: 9 });
    expectClose(pulled, shares, { factor: 9, scale: 81 });
  });

  it('tells when a window sees nothing', () => {
    const s: PoolSizes = {
      batch: 1,
      channels: 1,
      height: 1,
      width: 1,
      windowHeight: 1,
      windowWidth: 2,
      outHeight: 1,
      outWidth: 1,
      strideHeight: 1,
      strideWidth: 1,
      dilationHeight: 1,
      dilationWidth: 2,
      top: 0,
      left: 1,
    };
    const positions = new Int32Array(1);
    maxPositions(s, positions, Float64Array.of(3), 0, [1, 1, 1, 1]);
    expect(positions[0]).toBe(-1);
  });
});
