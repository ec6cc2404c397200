import fc from 'fast-check';
import { expect, test, vi } from 'vitest';

const target: Console = console;

test.fails('a test that writes to the console fails', () => {
  target.warn('leak');
});

test('the next test is not blamed for it', () => {
  expect(vi.isMockFunction(target.warn)).toBe(true);
});

test('the number of runs is configured globally', () => {
  const { numRuns } = fc.readConfigureGlobal();
  const wanted = process.env.FC_RUNS;
  expect(numRuns).toBe(wanted === undefined || wanted === '' ? 100 : Number(wanted));
});

test('a seed in the environment is used', () => {
  const { seed } = fc.readConfigureGlobal();
  const wanted = process.env.FC_SEED;
  expect(seed).toBe(wanted === undefined || wanted === '' ? undefined : Number(wanted));
});
