import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { type FloatArray, type Gemm, isSingle } from './contract.js';
import { GEMM_BLOCK, gemm, gemmStack } from './index.js';
import { gemmScalar } from './scalar.js';
import { gemmSmall } from './small.js';
import { gemmTiled } from './tiled.js';
import { gemmVector } from './vector.js';
import { gemmWasm } from './wasm.js';

const variants: [string, Gemm][] = [
  ['scalar', gemmScalar],
  ['tiled', gemmTiled],
  ['wasm', (...product) => gemmWasm(1, 0, 0, 0, ...product)],
  ['dispatching', gemm],
];

/** One operand: a buffer in which every index offset + i·rowStride + j·colStride is in range, for strides of any sign. */
interface Operand {
  data: FloatArray;
  offset: number;
  rowStride: number;
  colStride: number;
}

interface Problem {
  m: number;
  n: number;
  k: number;
  a: Operand;
  b: Operand;
  initial: FloatArray;
  cOffset: number;
  cRowStride: number;
  accumulate: boolean;
}

const entry = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: -4, max: 4, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, 1e-320, -5e-324, 1e200, -1e200) },
);
const regular = fc.double({ min: -4, max: 4, noNaN: true });
const size = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 9 }) },
  { weight: 1, arbitrary: fc.integer({ min: 10, max: 40 }) },
);
const depth = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 13 }) },
  { weight: 1, arbitrary: fc.constantFrom(GEMM_BLOCK - 1, GEMM_BLOCK, GEMM_BLOCK + 1, 2 * GEMM_BLOCK + 3) },
);

function buffer(length: number, values: readonly number[], single: boolean): FloatArray {
  const data = single ? new Float32Array(length) : new Float64Array(length);
  for (let i = 0; i < length; i++) data[i] = values[(i * 7 + (i >> 3)) % values.length];
  return data;
}

function operand(
  rows: number,
  cols: number,
  pad: number,
  layout: string,
  values: readonly number[],
  single: boolean,
): Operand {
  let rowStride = layout.includes('transposed') ? 1 : cols + pad;
  let colStride = layout.includes('transposed') ? rows + pad : 1;
  if (layout.includes('row-flipped')) rowStride = -rowStride;
  if (layout.includes('col-flipped')) colStride = -colStride;
  if (layout === 'row-broadcast') rowStride = 0;
  if (layout === 'col-broadcast') colStride = 0;
  const reach = (count: number, stride: number): number => Math.max(0, count - 1) * stride;
  const offset = pad + Math.max(0, -reach(rows, rowStride)) + Math.max(0, -reach(cols, colStride));
  const length = offset + Math.max(0, reach(rows, rowStride)) + Math.max(0, reach(cols, colStride)) + 1;
  return { data: buffer(length, values, single), offset, rowStride, colStride };
}

const layout = fc.constantFrom(
  'rows',
  'transposed',
  'row-flipped',
  'transposed row-flipped col-flipped',
  'transposed col-flipped',
  'row-broadcast',
  'col-broadcast',
);

/** Problems of any size; where `first` is given it is one of the outer sizes. */
function problems(value: fc.Arbitrary<number>, first: fc.Arbitrary<number> = size): fc.Arbitrary<Problem> {
  const values = fc.array(value, { minLength: 1, maxLength: 23 });
  return fc
    .record({
      outer: fc.tuple(first, size),
      swap: fc.boolean(),
      k: depth,
      aLayout: layout,
      bLayout: layout,
      aValues: values,
      bValues: values,
      cValues: values,
      single: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
      pad: fc.integer({ min: 0, max: 3 }),
      accumulate: fc.boolean(),
    })
    .map(({ outer, swap, k, pad, accumulate, ...r }) => {
      const [m, n] = swap ? [outer[1], outer[0]] : outer;
      return {
        m,
        n,
        k,
        a: operand(m, k, pad, r.aLayout, r.aValues, r.single[0]),
        b: operand(k, n, pad, r.bLayout, r.bValues, r.single[1]),
        initial: buffer(pad + m * (n + pad) + 1, r.cValues, r.single[2]),
        cOffset: pad,
        cRowStride: n + pad,
        accumulate,
      };
    });
}

function run(kernel: Gemm, p: Problem): FloatArray {
  const c = p.initial.slice();
  const { m, n, k, a, b } = p;
  kernel(
    m,
    n,
    k,
    a.data,
    a.offset,
    a.rowStride,
    a.colStride,
    b.data,
    b.offset,
    b.rowStride,
    b.colStride,
    c,
    p.cOffset,
    p.cRowStride,
    p.accumulate,
  );
  return c;
}

/** The contract written a second time, from element formulas, with no shared code. */
function byContract(p: Problem): FloatArray {
  const c = p.initial.slice();
  const at = (x: Operand, i: number, j: number): number => x.data[x.offset + i * x.rowStride + j * x.colStride];
  const round = isSingle(p.a.data, p.b.data, c) ? Math.fround : Number;
  for (let i = 0; i < p.m; i++) {
    for (let j = 0; j < p.n; j++) {
      const target = p.cOffset + i * p.cRowStride + j;
      const blocks: number[] = [];
      for (let q = 0; q < p.k; q++) {
        if (q % GEMM_BLOCK === 0) blocks.push(0);
        blocks[blocks.length - 1] = round(blocks[blocks.length - 1] + round(at(p.a, i, q) * at(p.b, q, j)));
      }
      if (!p.accumulate) c[target] = 0;
      for (const sum of blocks) c[target] += sum;
    }
  }
  return c;
}

function expectSameBits(received: FloatArray, expected: FloatArray): void {
  expect(received.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++)
    if (!Object.is(received[i], expected[i])) expect(received[i], `index ${i}`).toBe(expected[i]);
}

describe.each(variants)('gemm, %s', (_name, kernel) => {
  test.prop([problems(entry)])('follows the contract bit for bit, for any strides, types and values', (p) => {
    expectSameBits(run(kernel, p), byContract(p));
  });

  test.prop([problems(regular)])('is within k·eps·|A||B| of a compensated sum', (p) => {
    const c = run(kernel, p);
    const eps = c instanceof Float32Array ? 2 ** -24 : 2 ** -53;
    const smallest = c instanceof Float32Array ? 2 ** -149 : Number.MIN_VALUE;
    for (let i = 0; i < p.m; i++) {
      for (let j = 0; j < p.n; j++) {
        const target = p.cOffset + i * p.cRowStride + j;
        let sum = p.accumulate ? p.initial[target] : 0;
        let lost = 0;
        let scale = Math.abs(sum);
        for (let q = 0; q < p.k; q++) {
          const term =
            p.a.data[p.a.offset + i * p.a.rowStride + q * p.a.colStride] *
            p.b.data[p.b.offset + q * p.b.rowStride + j * p.b.colStride];
          const next = sum + term;
          lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
          sum = next;
          scale += Math.abs(term);
        }
        // One rounding per product, one per addition, one or two per block at the store.
        expect(Math.abs(c[target] - (sum + lost))).toBeLessThanOrEqual((2 * p.k + 6) * (eps * scale + smallest));
      }
    }
  });

  test.prop([
    fc.constantFrom<[number, number, number]>([97, 3, 5], [3, 257, 5], [99, 261, 6], [2, 2, 515], [193, 1, 300]),
  ])('follows the contract across the edges of its blocks', ([m, n, k]) => {
    const values = Array.from({ length: 19 }, (_, i) => Math.sin(i + 1));
    const p: Problem = {
      m,
      n,
      k,
      a: operand(m, k, 1, 'rows', values, false),
      b: operand(k, n, 0, 'transposed', values, false),
      initial: buffer(m * n, values, false),
      cOffset: 0,
      cRowStride: n,
      accumulate: true,
    };
    expectSameBits(run(kernel, p), byContract(p));
  });
});

describe('gemm, small', () => {
  test.prop([problems(entry).filter(({ k }) => k > 0 && k <= GEMM_BLOCK)])(
    'follows the contract bit for bit, for one block',
    (p) => {
      expectSameBits(run(gemmSmall, p), byContract(p));
    },
  );
});

describe('gemm, vector', () => {
  const vectors = problems(entry, fc.constant(1));

  test.prop([vectors])('follows the contract bit for bit where an outer size is 1', (p) => {
    expectSameBits(run(gemmVector, p), byContract(p));
  });
});

describe('gemmStack', () => {
  const counts = fc.integer({ min: 0, max: 5 });
  const steps = fc.tuple(fc.nat(40), fc.nat(40), fc.nat(3));
  test.prop([problems(entry), counts, steps])('is so many products', (p, count, [aStep, bStep, gap]) => {
    const stretched = (x: Operand, step: number): Operand => {
      const data =
        x.data instanceof Float32Array
          ? new Float32Array(x.data.length + 5 * step)
          : new Float64Array(x.data.length + 5 * step);
      for (let i = 0; i < data.length; i++) data[i] = x.data[i % x.data.length] + i;
      return { ...x, data };
    };
    const [a, b] = [stretched(p.a, aStep), stretched(p.b, bStep)];
    const cStep = p.m * p.cRowStride + gap;
    const initial =
      p.initial instanceof Float32Array ? new Float32Array(6 * cStep + 9) : new Float64Array(6 * cStep + 9);
    for (let i = 0; i < initial.length; i++) initial[i] = p.initial[i % p.initial.length];
    let expected: FloatArray = initial;
    for (let q = 0; q < count; q++) {
      const at = { a: { ...a, offset: a.offset + q * aStep }, b: { ...b, offset: b.offset + q * bStep } };
      expected = run(gemmScalar, { ...p, ...at, initial: expected, cOffset: p.cOffset + q * cStep });
    }
    for (const stack of [gemmStack, gemmWasm]) {
      const whole: Gemm = (...product) => stack(count, aStep, bStep, cStep, ...product);
      expectSameBits(run(whole, { ...p, a, b, initial }), expected);
    }
  });
});
