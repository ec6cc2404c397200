import { fc, test } from '@fast-check/vitest';
import { expectClose } from '@neuronseek/testkit';
import { describe, expect } from 'vitest';
import { cosine, cosineDefaults } from '../../src/index.js';

const rate = fc.integer({ min: 0, max: 10_000 }).map((n) => n / 1000);
const steps = fc.integer({ min: 1, max: 500 });

describe('cosine', () => {
  test.prop([rate, rate, steps])('starts at start and ends at end, to the bit, and stays there', (start, end, n) => {
    const schedule = cosine(start, n, { end });
    expect(schedule(0)).toBe(start);
    for (const step of [n, n + 1, 10 * n]) expect(schedule(step)).toBe(end);
  });

  test.prop([rate, rate, steps])('moves from one to the other without turning back', (start, end, n) => {
    const schedule = cosine(start, n, { end });
    const slack = 4 * 2 ** -52 * Math.max(start, end);
    const changes = Array.from({ length: n }, (_, step) => schedule(step + 1) - schedule(step));
    if (start >= end) expect(Math.max(...changes)).toBeLessThanOrEqual(slack);
    else expect(Math.min(...changes)).toBeGreaterThanOrEqual(-slack);
  });

  test.prop([rate, rate, steps])('is symmetric about the middle, where it is the mean', (start, end, n) => {
    const schedule = cosine(start, n, { end });
    const scale = Math.max(start, end);
    const tolerance = { factor: 8, scale };
    expectClose([schedule(n / 2)], [(start + end) / 2], tolerance);
    for (let step = 0; step <= n; step++) expectClose([schedule(step) + schedule(n - step)], [start + end], tolerance);
  });

  test('is half a cosine wave', () => {
    const schedule = cosine(2, 6);
    const root = Math.sqrt(3) / 2;
    expectClose([0, 1, 2, 3, 4, 5, 6].map(schedule), [2, 1 + root, 1.5, 1, 0.5, 1 - root, 0], { factor: 4 });
    expect(cosineDefaults.end).toBe(0);
  });

  test.each<[string, () => unknown]>([
    ['steps must be positive, got 0', () => cosine(0.1, 0)],
    ['steps must be positive, got NaN', () => cosine(0.1, Number.NaN)],
    ['start must be finite, got NaN', () => cosine(Number.NaN, 5)],
    ['end must be finite, got Infinity', () => cosine(0.1, 5, { end: Number.POSITIVE_INFINITY })],
  ])('refuses: %s', (message, make) => {
    expect(make).toThrow(new RangeError(`cosine: ${message}`));
  });
});
