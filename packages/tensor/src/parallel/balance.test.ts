import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { createBalance } from './balance.js';

it('shares jobs as long as that gains', () => {
  const balance = createBalance();
  for (let i = 0; i < 100; i++) {
    expect(balance.worthwhile()).toBe(true);
    balance.together(10, Float64Array.of(0.2, 9, 0.2), 1.1);
  }
  // A gain of 0.9 ms a job is remembered as one of 2: a loss of 1.9 is forgiven, another one of 0.2 is not.
  balance.together(10, Float64Array.of(0.1), 2.9);
  expect(balance.worthwhile()).toBe(true);
  balance.together(10, Float64Array.of(0.1), 1.2);
  expect(balance.worthwhile()).toBe(false);
  balance.reset();
  expect(balance.worthwhile()).toBe(true);
});

it('believes a loss by one chunk, a gain by three', () => {
  for (const [samples, worthwhile] of [
    [1, false],
    [2, false],
    [3, true],
  ] as const) {
    const balance = createBalance();
    balance.together(10, new Float64Array(samples).fill(1), 5);
    expect(balance.worthwhile()).toBe(true);
    // Had the gain of 5 ms been believed, a loss of 1 would not count.
    balance.together(10, Float64Array.of(0.1), 2);
    expect(balance.worthwhile()).toBe(worthwhile);
  }
});

it('learns nothing from jobs that others did', () => {
  const balance = createBalance();
  balance.together(10, new Float64Array(0), 50);
  expect(balance.worthwhile()).toBe(true);
});

const jobs = fc.array(
  fc.record({
    work: fc.double({ min: 0.01, max: 20, noNaN: true }),
    wait: fc.double({ min: 0, max: 50, noNaN: true }),
  }),
  {
    minLength: 50,
    maxLength: 300,
  },
);
test.prop([jobs])('loses at most a sixteenth of the time, and the last loss', (list) => {
  const balance = createBalance();
  let [alone, lost, last] = [0, 0, 0];
  for (const { work, wait } of list) {
    if (balance.worthwhile()) {
      // All chunks were done here, and then it was waited for nothing.
      balance.together(8, new Float64Array(8).fill(work / 8), work + wait);
      lost += wait;
      last = wait;
    } else {
      balance.alone(work);
      alone += work;
    }
  }
  expect(lost).toBeLessThanOrEqual(alone / 16 + last + 1e-9);
});
