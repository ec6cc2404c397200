import { fc, test } from '@fast-check/vitest';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import type { FloatArray } from '../gemm/index.js';
import { type ConvSizes, conv, convInput, convWeight } from './index.js';
import { convInputScalar, convScalar, convWeightScalar } from './scalar.js';
import { tileLength } from './tiled.js';

const few = fc.nat(3);
const some = fc.integer({ min: 1, max: 3 });

/** Sizes of which nothing is required but that they are whole numbers: kernels may meet padding alone, or nothing of the end of x. */
const anySizes: fc.Arbitrary<ConvSizes> = fc.record({
  batch: few,
  groups: some,
  inChannels: few,
  outChannels: few,
  height: fc.nat(5),
  width: fc.nat(6),
  kernelHeight: some,
  kernelWidth: some,
  outHeight: fc.nat(4),
  outWidth: fc.nat(5),
  strideHeight: some,
  strideWidth: some,
  dilationHeight: some,
  dilationWidth: some,
  top: few,
  left: few,
});

/** A kernel of one element on every element of x: no patch matrix. */
const pointwise: fc.Arbitrary<ConvSizes> = anySizes.map((s) => ({
  ...s,
  kernelHeight: 1,
  kernelWidth: 1,
  strideHeight: 1,
  strideWidth: 1,
  outHeight: s.height,
  outWidth: s.width,
  top: 0,
  left: 0,
}));

/** As many channels and positions as need several parts of the patch matrix. */
const large: ConvSizes = {
  batch: 1,
  groups: 1,
  inChannels: 480,
  outChannels: 2,
  height: 9,
  width: 11,
  kernelHeight: 3,
  kernelWidth: 3,
  outHeight: 9,
  outWidth: 11,
  strideHeight: 1,
  strideWidth: 1,
  dilationHeight: 1,
  dilationWidth: 1,
  top: 1,
  left: 1,
};

const lengths = (s: ConvSizes): { x: number; w: number; y: number } => ({
  x: s.batch * s.groups * s.inChannels * s.height * s.width,
  w: s.groups * s.outChannels * s.inChannels * s.kernelHeight * s.kernelWidth,
  y: s.batch * s.groups * s.outChannels * s.outHeight * s.outWidth,
});

/** Numbers between −1 and 1 that follow from a seed. */
function numbers(length: number, seed: number, single: boolean): FloatArray {
  const data = single ? new Float32Array(length) : new Float64Array(length);
  for (let i = 0; i < length; i++) data[i] = Math.sin(seed + 1.7 * i + 0.3 * ((i * i) % 17));
  return data;
}

/** x in four layouts: as it stands, channels last, with gaps, and backwards. */
function laidOut(s: ConvSizes, x: FloatArray, layout: number): { data: FloatArray; offset: number; strides: number[] } {
  const [n, c, h, w] = [s.batch, s.groups * s.inChannels, s.height, s.width];
  const strides = [
    [c * h * w, h * w, w, 1],
    [c * h * w, 1, w * c, c],
    [2 * c * h * (w + 1), 2 * h * (w + 1), 2 * (w + 1), 2],
    [-c * h * w, -h * w, -w, -1],
  ][layout];
  const length = 2 * n * c * h * (w + 1) + 1;
  const offset = layout === 3 ? length - 1 : 1;
  const data = x instanceof Float32Array ? new Float32Array(length + 1) : new Float64Array(length + 1);
  data.fill(Number.NaN);
  x.forEach((value, at) => {
    const index = [Math.floor(at / (c * h * w)), Math.floor(at / (h * w)) % c, Math.floor(at / w) % h, at % w];
    data[index.reduce((place, i, axis) => place + i * strides[axis], offset)] = value;
  });
  return { data, offset, strides };
}

/** Two sums of the same products of numbers up to 1: n terms differ by at most 2·n·eps/2·n, and float32 rounds once more. */
function expectSums(actual: FloatArray, expected: FloatArray, terms: number): void {
  const single = actual instanceof Float32Array;
  expectClose(actual, expected, {
    factor: single ? 2 : terms + 1,
    scale: terms + 1,
    epsilon: single ? 2 ** -23 : 2 ** -52,
  });
}

const problems = fc.record({
  s: fc.oneof(anySizes, pointwise),
  seed: fc.nat(1000),
  layout: fc.nat(3),
  single: fc.boolean(),
});

const like = (data: FloatArray, length: number): FloatArray =>
  data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);

interface Problem {
  readonly s: ConvSizes;
  readonly seed: number;
  readonly layout: number;
  readonly single: boolean;
}

function expectDefinition({ s, seed, layout, single }: Problem): void {
  const n = lengths(s);
  const [x, w, y] = [numbers(n.x, seed, single), numbers(n.w, seed + 1, single), numbers(n.y, seed + 2, single)];
  const { data, offset, strides } = laidOut(s, x, layout);
  const [depth, positions] = [s.inChannels * s.kernelHeight * s.kernelWidth, s.outHeight * s.outWidth];

  const forward = [like(x, n.y).fill(7), like(x, n.y)];
  conv(s, forward[0], data, offset, strides, w);
  convScalar(s, forward[1], data, offset, strides, w);
  expectSums(forward[0], forward[1], depth);

  const input = [like(x, n.x), like(x, n.x)];
  convInput(s, input[0], y, w);
  convInputScalar(s, input[1], y, w);
  expectSums(input[0], input[1], s.outChannels * s.kernelHeight * s.kernelWidth);

  const weight = [like(x, n.w), like(x, n.w)];
  convWeight(s, weight[0], data, offset, strides, y);
  convWeightScalar(s, weight[1], data, offset, strides, y);
  expectSums(weight[0], weight[1], s.batch * positions);
}

describe('convolution and its transposes', () => {
  test.prop([problems], { numRuns: 300 })(
    'are the loops over the trilinear form, on any layout of x',
    expectDefinition,
  );

  it('are that also where the patch matrix is made in parts', () => {
    expect(tileLength(large)).toBeLessThan(large.outHeight * large.outWidth);
    for (const single of [false, true]) expectDefinition({ s: large, seed: 3, layout: 0, single });
  });

  it('take no memory in proportion to the size of an image', () => {
    for (const [channels, side] of [
      [16, 4096],
      [512, 64],
      [4, 32],
    ]) {
      const s = { ...large, inChannels: channels, outHeight: side, outWidth: side };
      expect(tileLength(s) * channels * 9).toBeLessThanOrEqual(Math.max(2 ** 18, 64 * channels * 9));
      expect(tileLength(s)).toBeLessThanOrEqual(side * side);
    }
  });
});
