import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { counter, untilThreads } from '../../../test/support/chunk-kernels.js';
import { balance } from '../../parallel/balance.js';
import { SCRATCH_BYTES as THREAD_SCRATCH } from '../../parallel/chunk-kernel.js';
import { pool } from '../../parallel/pool.js';
import { configure } from '../../parallel/settings.js';
import { wasmRuntime } from '../../wasm/runtime.js';
import { workspaceBytes } from '../../wasm/workspace.js';
import { thresholds } from '../thresholds.js';
import { cutChunks } from './chunks.js';
import type { FloatArray } from './contract.js';
import { gemmStack } from './index.js';
import { gemmTiled } from './tiled.js';
import { SCRATCH_BYTES } from './wasm-module.js';

const before = configure();
const { gemm: usual } = thresholds.threads;
/** The shapes here are for several threads, whatever was measured on some machine. */
const share = (least: number): void => void Object.assign(thresholds.threads, { gemm: least });
beforeAll(() => share(2 ** 20));
afterAll(() => {
  share(usual);
  configure(before);
});

/** So many threads from now on, all of them awake: those that are still starting would leave the chunks to the calling one. */
async function together(threads: number): Promise<void> {
  configure({ threads });
  if (threads > 1) await untilThreads(threads, counter(50));
  balance.reset();
}

const SPECIAL = [Number.NaN, Infinity, -Infinity, -0, 5e-324, 1e-40];

function numbers(length: number, single: boolean, resident: boolean, special: boolean, seed: number): FloatArray {
  const space = resident ? wasmRuntime.workspace(workspaceBytes(8 * length), {}) : undefined;
  const ordinary = single ? new Float32Array(length) : new Float64Array(length);
  const data = (single ? space?.float32(length) : space?.float64(length)) ?? ordinary;
  for (let i = 0; i < length; i++) data[i] = Math.sin(seed + i * 0.7);
  if (special) for (let i = 0; i < SPECIAL.length; i++) data[(i * 7919 + seed) % length] = SPECIAL[i];
  return data;
}

function expectSame(received: FloatArray, expected: FloatArray): void {
  for (let i = 0; i < expected.length; i++)
    if (!Object.is(received[i], expected[i])) expect(received[i], `index ${i}`).toBe(expected[i]);
}

describe('products for several threads', () => {
  const shapes = fc.constantFrom<[number, number, number, number]>(
    [1, 131, 129, 127],
    [1, 200, 9, 1300],
    [1, 7, 1500, 300],
    [1, 300, 260, 70],
    [1, 4000, 8, 70],
    [40, 33, 35, 50],
    [3, 100, 90, 130],
  );
  const columns = fc.tuple(fc.boolean(), fc.boolean());
  const homes = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean());
  it.each([1, 2, 3, 7])('have the bits of the plain loops for %d', async (threads) => {
    await together(threads);
    const options = [shapes, columns, homes, fc.boolean(), fc.boolean(), fc.boolean()] as const;
    const property = fc.property(
      ...options,
      ([count, m, n, k], [aColumns, bColumns], home, single, accumulate, special) => {
        const a = numbers(count * m * k, single, home[0], special, 1);
        const b = numbers(count * k * n, single, home[1], special, 2);
        const initial = numbers(count * m * n, single, false, special, 3);
        const [aRow, aCol] = aColumns ? [1, m] : [k, 1];
        const [bRow, bCol] = bColumns ? [1, k] : [n, 1];
        const expected = initial.slice();
        for (let q = 0; q < count; q++) {
          const [aAt, bAt, cAt] = [q * m * k, q * k * n, q * m * n];
          gemmTiled(m, n, k, a, aAt, aRow, aCol, b, bAt, bRow, bCol, expected, cAt, n, accumulate);
        }
        const c = numbers(count * m * n, single, home[2], false, 4);
        c.set(initial);
        const steps = [m * k, k * n, m * n] as const;
        gemmStack(count, ...steps, m, n, k, a, 0, aRow, aCol, b, 0, bRow, bCol, c, 0, n, accumulate);
        expectSame(c, expected);
      },
    );
    fc.assert(property, { numRuns: 20 });
  });

  const squares = fc.constantFrom<[number, number]>([150, 140], [130, 600], [300, 40]);
  it.each([1, 2, 3, 7])('have them where a matrix meets its transpose, for %d', async (threads) => {
    await together(threads);
    const property = fc.property(squares, fc.boolean(), fc.boolean(), fc.boolean(), ([m, k], columns, home, single) => {
      const a = numbers(m * k, single, home, true, 1);
      const [row, col] = columns ? [1, m] : [k, 1];
      const expected = numbers(m * m, single, false, false, 2);
      gemmTiled(m, m, k, a, 0, row, col, a, 0, col, row, expected, 0, m, false);
      const c = numbers(m * m, single, home, false, 5);
      gemmStack(1, 0, 0, 0, m, m, k, a, 0, row, col, a, 0, col, row, c, 0, m, false);
      expectSame(c, expected);
    });
    fc.assert(property, { numRuns: 8 });
  });

  it('have room for what they pack, and ask other threads', () => {
    expect(SCRATCH_BYTES).toBeLessThanOrEqual(THREAD_SCRATCH);
    configure({ threads: 2 });
    balance.reset();
    const x = numbers(200 * 200, false, true, false, 1);
    const c = numbers(200 * 200, false, true, false, 2);
    gemmStack(1, 0, 0, 0, 200, 200, 200, x, 0, 200, 1, x, 0, 200, 1, c, 0, 200, false);
    expect(pool.members().some(({ known }) => known.size > 0)).toBe(true);
  });
});

describe('cutChunks', () => {
  const side = fc.integer({ min: 1, max: 4000 });
  test.prop([fc.integer({ min: 1, max: 300 }), side, side, side])('covers everything once', (count, m, n, k) => {
    const { chunks, each, tall, wide } = cutChunks(count, m, n, k);
    const tiles = Math.ceil(m / tall) * Math.ceil(n / wide);
    expect(chunks).toBe(Math.ceil(count / each) * tiles);
    expect(each === 1 || tiles === 1).toBe(true);
    expect([each <= count, tall <= m, wide <= n]).toEqual([true, true, true]);
    expect(Math.min(each, tall, wide)).toBeGreaterThanOrEqual(1);
    expect(wide === n || wide % 16 === 0).toBe(true);
  });

  it('gives a large product to dozens of chunks, a small one to few', () => {
    expect(cutChunks(1, 1024, 1024, 1024).chunks).toBeGreaterThan(30);
    expect(cutChunks(1, 128, 128, 128).chunks).toBeGreaterThan(1);
    expect(cutChunks(10, 8, 8, 8)).toEqual({ chunks: 1, each: 10, tall: 8, wide: 8 });
  });
});
