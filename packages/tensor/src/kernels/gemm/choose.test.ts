import { describe, expect, test } from 'vitest';
import { choose, GEMM_BLOCK } from './index.js';

describe('choose', () => {
  // Thresholds are measured and may change; these are as good as any.
  const least = { tiled: 32, vector: 4, wasm: 4096 };
  const pick = (sizes: Parameters<typeof choose>[0]): ReturnType<typeof choose> => choose(sizes, least);

  test('no packing for vectors and tiny products', () => {
    expect(pick({ m: 1, n: 500, k: 500 })).toBe('vector');
    expect(pick({ m: 500, n: 1, k: 500 })).toBe('vector');
    expect(pick({ m: 1, n: least.vector - 1, k: 500 })).toBe('scalar');
    expect(pick({ m: 1, n: least.vector, k: 500 })).toBe('vector');
    expect(pick({ m: least.tiled - 1, n: 1, k: 1 })).toBe('vector');
    expect(pick({ m: 2, n: 2, k: least.tiled / 4 - 1 })).toBe('scalar');
    expect(pick({ m: 2, n: 2, k: least.tiled / 4 })).toBe('small');
  });

  test('nothing is compiled for less than 16 cubed', () => {
    expect(pick({ m: 15, n: 16, k: 16 })).toBe('small');
    expect(pick({ m: 2, n: 2, k: GEMM_BLOCK })).toBe('small');
    expect(pick({ m: 2, n: 2, k: GEMM_BLOCK + 1 })).toBe('tiled');
    expect(pick({ m: 16, n: 16, k: least.wasm / 256 })).toBe('wasm');
    expect(pick({ m: 2, n: 64, k: 64 })).toBe('wasm');
  });

  test('a stack counts as a whole, unless its products are tiny', () => {
    expect(pick({ count: 15, m: 4, n: 4, k: 16 })).toBe('small');
    expect(pick({ count: 16, m: 4, n: 4, k: 16 })).toBe('wasm');
    expect(pick({ count: 1e6, m: 2, n: 2, k: 2 })).toBe('scalar');
  });

  test('a matrix is copied for a product with a vector where rows or columns are contiguous, or not needed', () => {
    expect(pick({ m: 1000, n: 1, k: 1000, resident: true })).toBe('wasm');
    expect(pick({ m: 1000, n: 1, k: 1000, resident: true, lanes: true })).toBe('wasm');
    expect(pick({ m: 1000, n: 1, k: 1000 })).toBe('vector');
    expect(pick({ m: 1000, n: 1, k: 1000, lanes: true })).toBe('copies');
    expect(pick({ m: 1, n: 64, k: 64, lanes: true })).toBe('copies');
    expect(pick({ m: 1, n: 63, k: 64, lanes: true })).toBe('vector');
    expect(pick({ m: 1, n: 1, k: 1e6, resident: true, lanes: true })).toBe('scalar');
    expect(pick({ m: 8, n: 1, k: 8, resident: true, lanes: true })).toBe('vector');
    expect(pick({ count: 50, m: 20, n: 1, k: 20, lanes: true })).toBe('copies');
    expect(pick({ m: 64, n: 64, k: 64, lanes: true })).toBe('wasm');
  });
});
