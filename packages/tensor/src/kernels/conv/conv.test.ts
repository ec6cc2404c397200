import { fc, test } from '@fast-check/vitest';
import { expectClose, expectSameBits } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { currentEngine } from '../../wasm/engine.js';
import { createRuntime, wasmRuntime } from '../../wasm/runtime.js';
import type { FloatArray } from '../gemm/index.js';
import { partSize } from './contract.js';
import { type ConvSizes, conv, convInput, convWeight } from './index.js';
import { convInputScalar, convScalar, convWeightScalar } from './scalar.js';
import { makeConv, makeConvInput, makeConvWeight } from './tiled.js';

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

/** One channel of the output for each of the input: no patch matrix either. */
const depthwise: fc.Arbitrary<ConvSizes> = anySizes.map((s) => ({ ...s, inChannels: 1, outChannels: 1 }));

/** As many channels and positions as need several parts of the patch matrix. */
const large: ConvSizes = {
  batch: 2,
  groups: 1,
  inChannels: 280,
  outChannels: 5,
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

/** A row that is taken in parts. */
const long: ConvSizes = {
  ...large,
  inChannels: 300,
  kernelHeight: 1,
  top: 0,
  height: 2,
  width: 91,
  outHeight: 2,
  outWidth: 91,
};

/** Rows that are several vectors long, in both directions of stride, with rests. */
const wide: readonly ConvSizes[] = [1, 2].flatMap((stride) =>
  [
    [1, 1, 3],
    [3, 5, 1],
  ].map(([inChannels, outChannels, groups]) => ({
    ...large,
    groups,
    inChannels,
    outChannels,
    height: 12,
    width: 61,
    outHeight: Math.floor(11 / stride) + 1,
    outWidth: Math.floor(60 / stride) + 1,
    strideHeight: stride,
    strideWidth: stride,
  })),
);

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

const problems = fc.record({
  s: fc.oneof(anySizes, pointwise, depthwise),
  seed: fc.nat(1000),
  layout: fc.nat(3),
  single: fc.boolean(),
  special: fc.boolean(),
});

const like = (data: FloatArray, length: number): FloatArray =>
  data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);

interface Problem {
  readonly s: ConvSizes;
  readonly seed: number;
  readonly layout: number;
  readonly single: boolean;
  readonly special: boolean;
}

const variants = [wasmRuntime, createRuntime(() => undefined), createRuntime(currentEngine, 32)].map((runtime) => ({
  forward: makeConv(runtime),
  input: makeConvInput(runtime),
  weight: makeConvWeight(runtime),
}));

/** Which NaN an operation returns is not prescribed. */
const bits = (data: FloatArray): number[] => Array.from(data, (x) => (Number.isNaN(x) ? 1e300 : x));

function expectOracle({ s, seed, layout, single, special }: Problem): void {
  const n = lengths(s);
  const [x, w, y] = [numbers(n.x, seed, single), numbers(n.w, seed + 1, single), numbers(n.y, seed + 2, single)];
  if (special)
    for (const array of [x, w, y]) for (let i = seed % 7; i < array.length; i += 13) array[i] = hard[i % hard.length];
  const { data, offset, strides } = laidOut(s, x, layout);
  const [toY, toX, toW] = [like(x, n.y), like(x, n.x), like(x, n.w)];
  convScalar(s, toY, data, offset, strides, w);
  convInputScalar(s, toX, y, w);
  convWeightScalar(s, toW, data, offset, strides, y);
  const run = ({ forward, input, weight }: (typeof variants)[number]): void => {
    const results = [like(x, n.y).fill(7), like(x, n.x).fill(7), like(x, n.w).fill(7)];
    forward(s, results[0], data, offset, strides, w);
    input(s, results[1], y, w);
    weight(s, results[2], data, offset, strides, y);
    [toY, toX, toW].forEach((expected, i) => void expectSameBits(bits(results[i]), bits(expected)));
  };
  run(variants[0]);
  // The first product of a process takes the scratch that it keeps; everything else is given back.
  const used = wasmRuntime.used();
  for (const variant of variants) run(variant);
  expect(wasmRuntime.used()).toBe(used);
}

const hard = [Number.NaN, Infinity, -Infinity, -0, 1e-42, 3e38];

/** Σ x·w·y over the places of the trilinear form that all three have in common. */
function trilinear(s: ConvSizes, x: FloatArray, w: FloatArray, y: FloatArray): number {
  let sum = 0;
  const [channels, kernels] = [s.groups * s.inChannels, s.groups * s.outChannels];
  y.forEach((value, at) => {
    const [j, i] = [at % s.outWidth, Math.floor(at / s.outWidth) % s.outHeight];
    const o = Math.floor(at / (s.outWidth * s.outHeight)) % kernels;
    const n = Math.floor(at / (s.outWidth * s.outHeight * kernels));
    for (let k = 0; k < s.inChannels * s.kernelHeight * s.kernelWidth; k++) {
      const [q, p] = [k % s.kernelWidth, Math.floor(k / s.kernelWidth) % s.kernelHeight];
      const c = Math.floor(o / s.outChannels) * s.inChannels + Math.floor(k / (s.kernelWidth * s.kernelHeight));
      const row = i * s.strideHeight + p * s.dilationHeight - s.top;
      const column = j * s.strideWidth + q * s.dilationWidth - s.left;
      if (row < 0 || row >= s.height || column < 0 || column >= s.width) continue;
      const weight = w[o * s.inChannels * s.kernelHeight * s.kernelWidth + k];
      sum += x[((n * channels + c) * s.height + row) * s.width + column] * weight * value;
    }
  });
  return sum;
}

const inner = (a: FloatArray, b: FloatArray): number => Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0);

describe('convolution and its transposes', () => {
  test.prop([problems], { numRuns: 100 })('have the bits of the loops, on any layout of x', expectOracle);

  it('have them also by vectors, where the patch matrix is made in parts, and in groups', () => {
    expect(partSize(large).rows).toBeLessThan(large.outHeight);
    expect(partSize(long).columns).toBeLessThan(long.outWidth);
    for (const s of [large, long, ...wide]) {
      for (const single of [false, true]) {
        for (const special of [false, true]) expectOracle({ s, seed: 3, layout: 0, single, special });
      }
    }
  });

  test.prop([fc.oneof(anySizes, pointwise, depthwise), fc.nat(1000)], { numRuns: 60 })(
    'are three ways to read one trilinear form',
    (s, seed) => {
      const n = lengths(s);
      const [x, w, y] = [numbers(n.x, seed, false), numbers(n.w, seed + 1, false), numbers(n.y, seed + 2, false)];
      const strides = [s.groups * s.inChannels * s.height * s.width, s.height * s.width, s.width, 1];
      const results = [like(x, n.y), like(x, n.x), like(x, n.w)];
      conv(s, results[0], x, 0, strides, w);
      convInput(s, results[1], y, w);
      convWeight(s, results[2], x, 0, strides, y);
      const expected = trilinear(s, x, w, y);
      // As many products of numbers up to 1 as the form has.
      const terms = n.y * s.inChannels * s.kernelHeight * s.kernelWidth + 1;
      const received = [inner(results[0], y), inner(results[1], x), inner(results[2], w)];
      expectClose(received, [expected, expected, expected], { factor: terms, scale: terms });
    },
  );

  it('take arrays of two types, in float64', () => {
    const s = wide[1];
    const n = lengths(s);
    const [x, w, y] = [numbers(n.x, 1, true), numbers(n.w, 2, false), numbers(n.y, 3, true)];
    const strides = [s.groups * s.inChannels * s.height * s.width, s.height * s.width, s.width, 1];
    const results = [like(y, n.y), like(x, n.x), like(w, n.w)];
    const expected = [like(y, n.y), like(x, n.x), like(w, n.w)];
    conv(s, results[0], x, 0, strides, w);
    convScalar(s, expected[0], x, 0, strides, w);
    convInput(s, results[1], y, w);
    convInputScalar(s, expected[1], y, w);
    convWeight(s, results[2], x, 0, strides, y);
    convWeightScalar(s, expected[2], x, 0, strides, y);
    expect(results).toEqual(expected);
  });

  it('take no memory in proportion to the size of an image', () => {
    for (const [channels, side] of [
      [16, 4096],
      [512, 64],
      [4, 32],
    ]) {
      const s = { ...large, inChannels: channels, outHeight: side, outWidth: side };
      const { rows, columns } = partSize(s);
      expect(rows * columns * channels * 9).toBeLessThanOrEqual(Math.max(2 ** 16, 64 * channels * 9));
      expect(Math.max(rows, columns)).toBeLessThanOrEqual(side);
    }
  });
});
