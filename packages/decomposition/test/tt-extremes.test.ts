import { test } from '@fast-check/vitest';
import { key } from '@neuronseek/tensor/random';
import { describe, expect } from 'vitest';
import { type TtTensor, ttCross, ttElement, ttMaximum, ttMinimum, ttRandom, ttScale } from '../src/index.js';
import { shapes } from './arbitraries.js';
import { elementsOf, ttOf } from './tt-support.js';

const tts = shapes({ maxOrder: 5 }).chain((shape) => ttOf(shape));
const extremes = (tt: TtTensor): [number, number] => {
  const dense = elementsOf(tt);
  return [dense.reduce((a, b) => Math.min(a, b)), dense.reduce((a, b) => Math.max(a, b))];
};

describe('ttMaximum and ttMinimum', () => {
  test.prop([tts])('are the extremes of small tensors, at their index', (tt) => {
    const [least, most] = extremes(tt);
    const scale = 1e-12 * Math.max(1, ...tt.cores.map((core) => 16 * core.size)) ** tt.cores.length;
    const [low, high] = [ttMinimum(tt), ttMaximum(tt)];
    expect(low.exact && high.exact).toBe(true);
    expect(Math.abs(low.value - least)).toBeLessThanOrEqual(scale);
    expect(Math.abs(high.value - most)).toBeLessThanOrEqual(scale);
    expect(Math.abs(ttElement(tt, high.index) - high.value)).toBeLessThanOrEqual(scale);
    expect(Math.abs(ttElement(tt, low.index) - low.value)).toBeLessThanOrEqual(scale);
  });

  test('the search finds the extremes of random trains, and says that it is one', () => {
    for (const seed of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const tt = ttRandom([6, 7, 5, 6, 4], 3, { key: key(seed) });
      const [least, most] = extremes(tt);
      const high = ttMaximum(tt, { exactBelow: 0 });
      const low = ttMinimum(tt, { exactBelow: 0 });
      expect(high.exact).toBe(false);
      expect(high.value).toBeCloseTo(most, 10);
      expect(low.value).toBeCloseTo(least, 10);
    }
  });

  test('a maximum beside a deep minimum: 10⁸ elements', () => {
    const peak = (i: number[], at: number, width: number): number =>
      Math.exp(-i.reduce((a, b) => a + ((b - at) / width) ** 2, 0));
    const f = (i: number[]): number => peak(i, 7, 1.5) - 3 * peak(i, 2, 2);
    const tt = ttCross(
      (x, n) => Float64Array.from({ length: n }, (_, s) => f(Array.from(x.subarray(8 * s, 8 * s + 8)))),
      Array.from({ length: 8 }, () => 10),
      { init: [Array.from({ length: 8 }, () => 7), Array.from({ length: 8 }, () => 2)] },
    );
    expect(ttMaximum(tt).index).toEqual(Array.from({ length: 8 }, () => 7));
    expect(ttMaximum(tt).value).toBeCloseTo(1, 6);
    expect(ttMinimum(tt).index).toEqual(Array.from({ length: 8 }, () => 2));
    expect(ttMinimum(tt).value).toBeCloseTo(-3, 6);
  });

  test('scales of 1e-150 and 1e150 change nothing but the value', () => {
    const tt = ttRandom([6, 7, 5, 6], 3, { key: key(3) });
    const { index, value } = ttMaximum(tt, { exactBelow: 0 });
    for (const scale of [1e-150, 1e150]) {
      const scaled = ttMaximum(ttScale(tt, scale), { exactBelow: 0 });
      expect(scaled.index).toEqual(index);
      expect(scaled.value / scale).toBeCloseTo(value, 8);
    }
  });

  test.prop([tts])('no change of one index leads to a larger element', (tt) => {
    const { index, value } = ttMaximum(tt, { exactBelow: 0, beam: 1 });
    index.forEach((_, mode) => {
      for (let i = 0; i < tt.cores[mode].shape[1]; i++) {
        const other = ttElement(
          tt,
          index.map((own, k) => (k === mode ? i : own)),
        );
        expect(other).toBeLessThanOrEqual(value + 1e-9 * Math.abs(value));
      }
    });
  });

  test('no zero is negative', () => {
    const zero = ttScale(ttRandom([2, 3], 1), 0);
    for (const exactBelow of [0, 100]) {
      expect(ttMinimum(zero, { exactBelow }).value).toBe(0);
      expect(ttMaximum(zero, { exactBelow }).value).toBe(0);
    }
  });

  test('bad options are refused', () => {
    const tt = ttRandom([2, 2], 1);
    expect(() => ttMaximum(tt, { beam: 0 })).toThrow('ttMaximum: beam is not a positive integer: 0');
    expect(() => ttMinimum(tt, { exactBelow: -1 })).toThrow('ttMinimum: exactBelow is not a number from 0: -1');
  });
});
