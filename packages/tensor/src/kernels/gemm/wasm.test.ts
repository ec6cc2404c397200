import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { currentEngine } from '../../wasm/engine.js';
import { createRuntime, type WasmRuntime, wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import { type FloatArray, GEMM_BLOCK } from './contract.js';
import { choosePanels } from './panels.js';
import { gemmScalar } from './scalar.js';
import { gemmTiled } from './tiled.js';
import { gemmWasm, makeGemmWasm } from './wasm.js';
import { buildGemm, SCRATCH_BYTES } from './wasm-module.js';

const values = (length: number, seed: number, single: boolean): FloatArray => {
  const data = single ? new Float32Array(length) : new Float64Array(length);
  for (let i = 0; i < length; i++) data[i] = Math.sin(seed + i * 0.7);
  return data;
};

/** By a loop: toEqual takes a microsecond an element. */
function expectSame(received: FloatArray, expected: FloatArray): void {
  expect(received.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++)
    if (!Object.is(received[i], expected[i])) expect(received[i], `index ${i}`).toBe(expected[i]);
}

const sizes = [8, 4] as const;

/** What each thread keeps, and pages of a memory in which there is nothing but the arena and that. */
const SCRATCH_BLOCK = workspaceBytes(2 ** 20);
const ONLY_SCRATCH = 32 + 17;

it('the engine accepts the modules', () => {
  const validate: unknown = Reflect.get(Object(Reflect.get(globalThis, 'WebAssembly')), 'validate');
  if (typeof validate !== 'function') throw new Error('these tests need WebAssembly');
  for (const size of sizes) {
    const bytes = buildGemm(size).encode({ pages: 32, sharedMaximum: 65536 });
    expect(validate(bytes)).toBe(true);
    // A compiler that runs in the main thread of a page may refuse more than 4 KiB at a time.
    expect(bytes.length).toBeLessThan(4096);
  }
});

/** Sizes about the tiles, strips, blocks and panels of the kernel, so that every edge begins anew at least once. */
const edges = fc.constantFrom<[number, number, number]>(
  [255, 257, 3],
  [257, 7, 256],
  [259, 256, 257],
  [2, 513, 300],
  [515, 5, 258],
  [3, 259, 515],
  [130, 131, 129],
  [17, 9, 40],
  [16, 1, 300],
  [301, 1, 20],
  [1, 70, 520],
);
/** How an operand is stored: by rows, by columns, by columns far apart, by neither. */
const layouts = fc.constantFrom<(rows: number, cols: number) => [number, number]>(
  (_, cols) => [cols, 1],
  (_, cols) => [-cols - 3, 1],
  (rows) => [1, rows],
  (rows) => [1, rows + 1030],
  (_, cols) => [2 * cols, 2],
);

/** Where the strided matrix starts, and how long its array must be. */
function extent(rows: number, cols: number, [row, col]: readonly [number, number]): [number, number] {
  const start = Math.max(0, -(rows - 1) * row) + Math.max(0, -(cols - 1) * col);
  return [start, start + Math.max(0, (rows - 1) * row) + Math.max(0, (cols - 1) * col) + 1];
}

/** The same numbers in the memory of the kernels. */
function resident(runtime: WasmRuntime, array: FloatArray, keep: boolean): FloatArray {
  if (!keep) return array.slice();
  const space = runtime.workspace(workspaceBytes(array.byteLength));
  if (space === undefined) throw new Error('no memory');
  const copy = array instanceof Float64Array ? space.float64(array.length) : space.float32(array.length);
  copy.set(array);
  return copy;
}

describe('arrays of any layout, in the memory of the kernels or not,', () => {
  const homes = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean());
  const types = fc.constantFrom<[boolean, boolean, boolean]>(
    [false, false, false],
    [true, true, true],
    [true, true, true],
    [true, false, true],
  );
  test.prop([edges, layouts, layouts, homes, types, fc.boolean(), fc.nat(2)], { numRuns: 60 })(
    'give the bits of the plain loops',
    ([m, n, k], aLayout, bLayout, home, single, accumulate, pad) => {
      const runtime = createRuntime(currentEngine);
      const [[aRow, aCol], [bRow, bCol]] = [aLayout(m, k), bLayout(k, n)];
      const [aAt, aLength] = extent(m, k, [aRow, aCol]);
      const [bAt, bLength] = extent(k, n, [bRow, bCol]);
      const [a, b] = [values(aLength, 1, single[0]), values(bLength, 2, single[1])];
      const expected = values(pad + m * (n + pad), 3, single[2]);
      const [x, y, z] = [a, b, expected].map((array, i) => resident(runtime, array, home[i]));
      gemmScalar(m, n, k, a, aAt, aRow, aCol, b, bAt, bRow, bCol, expected, pad, n + pad, accumulate);
      const wasm = makeGemmWasm(runtime);
      wasm(1, 0, 0, 0, m, n, k, x, aAt, aRow, aCol, y, bAt, bRow, bCol, z, pad, n + pad, accumulate);
      expectSame(z, expected);
    },
  );

  test.prop([fc.boolean(), fc.boolean()])('do not see what an earlier call left behind', (single, turned) => {
    const arena = wasmRuntime.kernel(() => buildGemm(8))()?.arena;
    for (const [m, n, k] of [
      [5, 3, 7],
      [3, 9, 5],
      [19, 1, 1],
      [7, 5, 1],
    ]) {
      arena?.fill(Number.NaN);
      const [a, b] = [values(m * k, 1, single), values(k * n, 2, single)];
      const [expected, received] = [values(m * n, 3, single), values(m * n, 3, single)];
      const [bRow, bCol] = turned ? [1, k] : [n, 1];
      gemmScalar(m, n, k, a, 0, k, 1, b, 0, bRow, bCol, expected, 0, n, false);
      gemmWasm(1, 0, 0, 0, m, n, k, a, 0, k, 1, b, 0, bRow, bCol, received, 0, n, false);
      expectSame(received, expected);
    }
  });
});

describe('a matrix and its transpose', () => {
  const shapes = fc.constantFrom<[number, number]>([20, 700], [3, 40000], [5, 1], [333, 300], [130, 257], [700, 40]);
  test.prop([shapes, fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()], { numRuns: 25 })(
    'give the bits of any other product',
    ([m, k], columns, single, home, cHome, accumulate) => {
      const runtime = createRuntime(currentEngine);
      const a = values(m * k, 1, single);
      const [row, col] = columns ? [1, m] : [k, 1];
      const [expected, initial] = [values(m * m, 2, single), values(m * m, 2, single)];
      const [x, z] = [resident(runtime, a, home), resident(runtime, initial, cHome)];
      gemmTiled(m, m, k, a, 0, row, col, a, 0, col, row, expected, 0, m, accumulate);
      makeGemmWasm(runtime)(1, 0, 0, 0, m, m, k, x, 0, row, col, x, 0, col, row, z, 0, m, accumulate);
      expectSame(z, expected);
    },
  );

  it('in stacks, too', () => {
    const [count, m, k] = [50, 12, 30];
    const a = values(count * m * k, 1, false);
    const [expected, received] = [values(count * m * m, 2, false), values(count * m * m, 2, false)];
    for (let q = 0; q < count; q++)
      gemmScalar(m, m, k, a, q * m * k, k, 1, a, q * m * k, 1, k, expected, q * m * m, m, false);
    gemmWasm(count, m * k, m * k, m * m, m, m, k, a, 0, k, 1, a, 0, 1, k, received, 0, m, false);
    expectSame(received, expected);
  });
});

describe('stacks', () => {
  test.prop([fc.boolean(), fc.boolean(), fc.constantFrom(1, 5, 300)], { numRuns: 12 })(
    'larger than the memory for copies give the bits of the plain loops',
    (single, repeated, pad) => {
      const [count, m, n, k] = [40, 33, 50, 70];
      const [aStep, bStep, cStep] = [m * k + pad, repeated ? 0 : k * n, m * n + pad];
      const [a, b] = [values(count * aStep, 1, single), values(k * n + count * bStep, 2, single)];
      const [expected, received] = [values(count * cStep, 3, single), values(count * cStep, 3, single)];
      for (let q = 0; q < count; q++)
        gemmScalar(m, n, k, a, q * aStep, k, 1, b, q * bStep, 1, k, expected, q * cStep, n, true);
      gemmWasm(count, aStep, bStep, cStep, m, n, k, a, 0, k, 1, b, 0, 1, k, received, 0, n, true);
      expectSame(received, expected);
    },
  );
});

describe('parts of the rows', () => {
  test.prop([fc.constantFrom(...sizes), fc.integer({ min: 1, max: 90 }), fc.boolean()], { numRuns: 20 })(
    'computed by calls of their own, each with its scratch, give the same bits',
    (size, chunk, symmetric) => {
      const runtime = createRuntime(currentEngine);
      const run = runtime.kernel(() => buildGemm(size))()?.run;
      const [m, n, k] = symmetric ? [150, 150, 270] : [150, 77, 270];
      const [a, b] = [values(m * k, 1, size === 4), values(k * n, 2, size === 4)];
      const expected = values(m * n, 3, size === 4);
      const [x, y, z] = [a, b, expected].map((array) => resident(runtime, array, true));
      const [bAt, bRow, bCol] = symmetric ? [x.byteOffset, 1, k] : [y.byteOffset, n, 1];
      if (symmetric) gemmScalar(m, n, k, a, 0, k, 1, a, 0, 1, k, expected, 0, n, false);
      else gemmScalar(m, n, k, a, 0, k, 1, b, 0, n, 1, expected, 0, n, false);
      for (let i = 0; i < m; i += chunk) {
        const scratch = runtime.workspace(SCRATCH_BYTES)?.float64(1).byteOffset ?? 0;
        const rows = Math.min(chunk, m - i);
        const [aAt, cAt] = [x.byteOffset + size * i * k, z.byteOffset + size * i * n];
        const reach = symmetric ? 1 - i : rows;
        run?.(
          0,
          scratch,
          1,
          rows,
          n,
          reach,
          0,
          1,
          rows,
          n,
          k,
          aAt,
          0,
          size * k,
          size,
          bAt,
          0,
          size * bRow,
          size * bCol,
          cAt,
          0,
          size * n,
        );
      }
      for (let i = 0; i < m; i++) {
        const first = i * n + (symmetric ? i : 0);
        expectSame(z.subarray(first, (i + 1) * n), expected.subarray(first, (i + 1) * n));
      }
    },
  );
});

describe('choosePanels', () => {
  const sizesOf = fc.tuple(
    fc.integer({ min: 1, max: 5000 }),
    fc.integer({ min: 1, max: 5000 }),
    fc.integer({ min: 1, max: 5000 }),
  );
  test.prop([sizesOf, fc.integer({ min: 20000, max: 4e6 }), fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()])(
    'fit, and cut inner sums between blocks',
    ([m, n, k], space, copyA, copyB, copyC, gram) => {
      const { rows, cols, depth, cuts } = choosePanels(m, gram ? m : n, k, space, copyA, copyB, copyC, gram);
      const shared = gram && rows === m && cols === m;
      const needed = (copyA ? rows * depth : 0) + (copyB && !shared ? depth * cols : 0) + (copyC ? rows * cols : 0);
      expect(needed).toBeLessThanOrEqual(space);
      expect(Math.min(rows, cols, depth)).toBeGreaterThan(0);
      expect(depth === k || depth % GEMM_BLOCK === 0).toBe(true);
      const cut = [rows < m, cols < (gram ? m : n), depth < k];
      expect(cuts).toBe(cut.filter(Boolean).length);
    },
  );

  it('cut a tall matrix along its rows, a deep product along its sums', () => {
    expect(choosePanels(20000, 8, 64, 190000, true, true, true, false)).toEqual({
      rows: 2512,
      cols: 8,
      depth: 64,
      cuts: 1,
    });
    expect(choosePanels(20, 8, 20000, 190000, true, true, true, false)).toEqual({
      rows: 20,
      cols: 8,
      depth: 5120,
      cuts: 1,
    });
    expect(choosePanels(20, 20, 20000, 190000, true, true, true, true)).toEqual({
      rows: 20,
      cols: 20,
      depth: 9472,
      cuts: 1,
    });
  });
});

describe('where memory is exhausted', () => {
  test.prop(
    [fc.constantFrom<[number, number, number]>([400, 420, 600], [700, 500, 300], [450, 450, 500]), fc.boolean()],
    {
      numRuns: 4,
    },
  )('a product is cut into parts that fit into the arena, with the same bits', ([m, n, k], single) => {
    const a = values(m * k, 1, single);
    const b = m === n ? a : values(k * n, 2, single);
    const expected = values(m * n, 3, single);
    const [bRow, bCol] = m === n ? [1, k] : [n, 1];
    gemmTiled(m, n, k, a, 0, k, 1, b, 0, bRow, bCol, expected, 0, n, false);
    for (const pages of [ONLY_SCRATCH, 65536]) {
      const runtime = createRuntime(currentEngine, pages);
      const received = values(m * n, 3, single);
      makeGemmWasm(runtime)(1, 0, 0, 0, m, n, k, a, 0, k, 1, b, 0, bRow, bCol, received, 0, n, false);
      expectSame(received, expected);
      expect([SCRATCH_BLOCK, 2 * SCRATCH_BLOCK]).toContain(runtime.used());
    }
  });
});

it('20,000 products of changing size keep nothing, and are right to the last', () => {
  const runtime = createRuntime(currentEngine);
  const wasm = makeGemmWasm(runtime);
  const pool = [false, true].map((single) => [1, 2].map((seed) => values(1600, seed, single)));
  for (let q = 0; q < 20000; q++) {
    const [m, n, k] = [1 + ((q * 7) % 13), 1 + ((q * 11) % 17), 1 + ((q * 5) % 31)];
    const [a, b] = pool[q & 1];
    const c = (q & 1) === 1 ? new Float32Array(m * n) : new Float64Array(m * n);
    wasm(1, 0, 0, 0, m, n, k, a, 0, k, 1, b, 0, n, 1, c, 0, n, false);
    if (q % 97 === 0) {
      const expected = c.slice();
      gemmScalar(m, n, k, a, 0, k, 1, b, 0, n, 1, expected, 0, n, false);
      expectSame(c, expected);
    }
  }
  expect(runtime.used()).toBe(SCRATCH_BLOCK);
});
