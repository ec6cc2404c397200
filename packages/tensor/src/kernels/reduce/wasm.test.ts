import { fc, test } from '@fast-check/vitest';
import { expectSameBits } from '@neuronseek/testkit';
import { describe, expect, it } from 'vitest';
import { createRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import type { Fold } from './contract.js';
import { argmaxFold, argminFold, maxFold, minFold, reduce, reduceScalar, sumFold } from './index.js';
import { vectorSum } from './sum-fold.js';
import { buildColumnExtrema, buildRowExtrema } from './wasm-extrema.js';
import { buildColumnSums, buildRowSums, LONGEST } from './wasm-sums.js';

it('the engine accepts the modules, each small enough for the main thread of a page', () => {
  const validate: unknown = Reflect.get(Object(Reflect.get(globalThis, 'WebAssembly')), 'validate');
  if (typeof validate !== 'function') throw new Error('these tests need WebAssembly');
  for (const single of [false, true]) {
    const modules = [buildRowSums(single), buildColumnSums(single)].concat(
      [false, true].flatMap((most) => [
        buildRowExtrema(single, most, false),
        buildRowExtrema(single, most, true),
        buildColumnExtrema(single, most),
      ]),
    );
    for (const module of modules) {
      const bytes = module.encode({ pages: 1 });
      expect(validate(bytes)).toBe(true);
      expect(bytes.length).toBeLessThan(4096);
    }
  }
});

type Floats = Float64Array | Float32Array;
type Kind = 'ordinary' | 'resident';
const ROOM = 70000;
const resident = wasmRuntime.workspace(workspaceBytes(8 * ROOM, 4 * ROOM));
if (resident === undefined) throw new Error('these tests need WebAssembly');
const shared = { float64: resident.float64(ROOM), float32: resident.float32(ROOM) };

const special = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, -1e-40];

/** Numbers of very different sizes; a special one among `rarity` of them, from few values where `coarse`, so that there are ties. */
function fill(x: Floats, length: number, seed: number, rarity: number, coarse: boolean): Floats {
  for (let i = 0; i < length; i++) {
    const draw = (Math.imul(i + 1, 2654435761) ^ Math.imul(seed + 1, 40503)) >>> 0;
    if (draw % rarity === 0) x[i] = special[(draw >>> 8) % special.length];
    else x[i] = coarse ? -(((draw >>> 4) % 5) + 0) : (((draw >>> 3) % 2001) - 1000) * 10 ** ((draw >>> 14) % 9);
  }
  return x;
}

function numbers(kind: Kind, single: boolean, length: number, seed: number, rarity: number, coarse: boolean): Floats {
  const inMemory = single ? shared.float32 : shared.float64;
  if (kind === 'resident') return fill(inMemory, length, seed, rarity, coarse);
  return fill(single ? new Float32Array(length) : new Float64Array(length), length, seed, rarity, coarse);
}

const data = fc.record({
  single: fc.boolean(),
  seed: fc.nat(1e6),
  // About one special number in 7, in 500, and none.
  rarity: fc.constantFrom(7, 500, 2 ** 31),
  coarse: fc.boolean(),
  offset: fc.nat(5),
});

/** Compares with the plain loops; the variant must not have declined. */
function compare(
  folds: readonly Fold[],
  x: Floats,
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
  n: number,
  stride: number,
): void {
  const count = shape.reduce((p, size) => p * size, 1);
  for (const fold of folds) {
    for (const make of [(length: number) => new Float64Array(length), (length: number) => new Float32Array(length)]) {
      const [expected, received] = [make(count + 1), make(count + 1)];
      reduceScalar(fold, expected, x, offset, shape, strides, n, stride);
      expect(fold.byVectors?.(received, x, offset, shape, strides, n, stride)).toBe(true);
      expectSameBits(received, expected);
    }
  }
}

const all = [sumFold, maxFold, minFold, argmaxFold, argminFold];

describe('rows', () => {
  const lengths = fc.constantFrom(
    8,
    9,
    11,
    12,
    13,
    15,
    16,
    17,
    31,
    127,
    128,
    129,
    131,
    144,
    255,
    256,
    257,
    383,
    385,
    400,
    1153,
  );
  test.prop([data, lengths, fc.nat(3), fc.boolean(), fc.nat(2)], { numRuns: 60 })(
    'in memory, at any distance, forwards and backwards',
    ({ single, seed, rarity, coarse, offset }, n, pad, backwards, outer) => {
      const rows = Math.ceil(1024 / n) + 2;
      const taken = single && n < 16 ? [sumFold] : all;
      const [step, gap] = [n + pad, 5];
      const block = rows * step + gap;
      const x = numbers('resident', single, offset + (outer + 1) * block, seed, rarity, coarse);
      const start = offset + (backwards ? (rows - 1) * step : 0);
      compare(taken, x, start, [outer + 1, 1, rows], [block, 0, backwards ? -step : step], n, 1);
    },
  );

  test.prop([data, fc.constantFrom(16, 21, 128, 500, 8191, 8192), fc.boolean()], { numRuns: 20 })(
    'outside of it are copied together',
    ({ single, seed, rarity, coarse, offset }, n, square) => {
      const rows = Math.ceil(16384 / n) + 1;
      const x = numbers('ordinary', single, offset + 2 * rows * n, seed, rarity, coarse);
      const [shape, strides] = square
        ? [
            [rows, 2],
            [2 * n, n],
          ]
        : [[rows], [n]];
      compare(all, x, offset, shape, strides, n, 1);
    },
  );

  test.prop([data, fc.constantFrom<Kind>('ordinary', 'resident'), fc.constantFrom(16384, 16385, 16511, 24576, 30000)], {
    numRuns: 30,
  })('longer than a piece are combined as the fold does', ({ single, seed, rarity, coarse, offset }, kind, n) => {
    const x = numbers(kind, single, offset + 2 * n, seed, rarity, coarse);
    compare(all, x, offset, [2], [n], n, 1);
    compare(all, x, offset, [], [], n, 1);
  });

  test.prop([data, fc.constantFrom<Kind>('ordinary', 'resident'), fc.nat(16500), fc.nat(16500)], { numRuns: 60 })(
    'find one number among equal ones',
    ({ single, offset }, kind, p, q) => {
      const x = numbers(kind, single, offset + 17000, 0, 1, true);
      for (const [rest, one, two] of [
        [-1, 0, -0],
        [-1, -0, 0],
        [1, 0, -0],
        [0, -0, 2],
        [-0, 0, -1],
        [Number.NEGATIVE_INFINITY, Number.NaN, 3],
        [Number.POSITIVE_INFINITY, 3, Number.NaN],
        [2, Number.NaN, Number.NaN],
      ]) {
        x.fill(rest);
        x[offset + p] = one;
        x[offset + q] = two;
        compare(all.slice(1), x, offset, [], [], 16501, 1);
      }
    },
  );

  it.each([
    ['7ff0000000000001', 0x7f800001],
    ['fff0000000000001', 0xff800001],
    ['7ff0000080000000', 0x7fc00000],
    ['7fffffffffffffff', 0x7fffffff],
    ['fff8000000000000', 0xffc00000],
  ])('find the NaN %s, whatever its sign and its last bits, and tell it from infinity', (double, float) => {
    for (const single of [false, true]) {
      const x = single ? shared.float32 : shared.float64;
      const bytes = new DataView(x.buffer, x.byteOffset);
      for (const rest of [1, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        for (const p of [0, 5, 1031, 4999]) {
          x.fill(rest, 0, 5000);
          // What stands behind the row does not count.
          x.fill(Number.NaN, 5000, 5016);
          x[2000] = -rest;
          compare(all.slice(1), x, 0, [], [], 5000, 1);
          if (single) bytes.setUint32(4 * p, float, true);
          else bytes.setBigUint64(8 * p, BigInt(`0x${double}`), true);
          expect(x[p]).toBeNaN();
          compare(all.slice(1), x, 0, [], [], 5000, 1);
        }
      }
    }
  });

  it('longer than one call sums up', () => {
    const length = 2 * LONGEST + 1000;
    const room = wasmRuntime.workspace(workspaceBytes(8 * length));
    if (room === undefined) throw new Error('no memory');
    const x = fill(room.float64(length), length, 5, 2 ** 31, false);
    for (const n of [LONGEST, LONGEST + 1, length - 3]) compare(all, x, 3, [], [], n, 1);
    room.release();
  });

  it('of more results than a call leaves in the arena', () => {
    for (const kind of ['ordinary', 'resident'] as const) {
      compare(all, numbers(kind, false, 8200 * 8, 3, 500, false), 0, [8200], [8], 8, 1);
    }
  });
});

describe('columns', () => {
  const heights = fc.constantFrom(2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 40, 127, 128, 129, 165, 256, 257, 300, 520);
  const widths = fc.constantFrom(8, 9, 12, 15, 16, 17, 24, 63);
  test.prop([data, heights, widths, fc.nat(3), fc.boolean(), fc.nat(1)], { numRuns: 80 })(
    'of any height and width, forwards and backwards',
    ({ single, seed, rarity, coarse, offset }, n, width, pad, backwards, outer) => {
      const row = width + pad;
      const least = Math.ceil(1024 / (n * width)) + outer;
      const x = numbers('resident', single, offset + least * n * row, seed, rarity, coarse);
      const start = offset + (backwards ? (n - 1) * row : 0);
      compare([sumFold, maxFold, minFold], x, start, [least, width], [n * row, 1], n, backwards ? -row : row);
    },
  );

  it('of rows longer than what is taken at a time', () => {
    const [n, width] = [3, 16391];
    const tall = numbers('resident', true, 60 * 1027, 5, 500, false);
    compare([sumFold], tall, 0, [1027], [1], 60, 1027);
    for (const single of [false, true]) {
      compare(
        [sumFold, maxFold, minFold],
        numbers('resident', single, n * width, 5, 500, false),
        0,
        [width],
        [1],
        n,
        width,
      );
    }
  });
});

describe('what is left to plain loops', () => {
  const x = numbers('ordinary', false, 40000, 1, 500, false);
  const out = new Float64Array(200);
  const none = vectorSum(createRuntime(() => undefined));
  it.each<[string, boolean | undefined]>([
    ['places in columns', argmaxFold.byVectors?.(out, x.subarray(1), 0, [200], [1], 190, 200)],
    ['other types', sumFold.byVectors?.(out, new Int32Array(20000), 0, [], [], 20000, 1)],
    ['strides within rows', sumFold.byVectors?.(out, x, 0, [2], [1], 20000, 2)],
    ['columns outside of the memory', sumFold.byVectors?.(out, x, 0, [200], [1], 200, 200)],
    ['rows with gaps outside of the memory', sumFold.byVectors?.(out, x, 0, [190], [201], 200, 1)],
    ['few elements', sumFold.byVectors?.(out, x, 0, [], [], 1000, 1)],
    ['one element each', sumFold.byVectors?.(out, x, 0, [200], [100], 1, 1)],
    ['no engine', none(out, x, 0, [2], [20000], 20000, 1)],
  ])('%s', (_name, done) => {
    expect(done).toBe(false);
    expect(out).toEqual(new Float64Array(200));
  });

  it('reduce gives the same result either way', () => {
    const results = [reduce, reduceScalar].map((variant) => {
      const result = new Float64Array(2);
      variant(sumFold, result, x, 0, [2], [20000], 20000, 1);
      return result;
    });
    expectSameBits(results[0], results[1]);
  });
});
