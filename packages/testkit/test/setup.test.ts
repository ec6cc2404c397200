import { test as enrichedTest } from '@fast-check/vitest';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';

const target: Console = console;

test.fails('a test that writes to the console fails', () => {
  target.warn('leak');
});

test('the next test is not blamed for it', () => {
  expect(vi.isMockFunction(target.warn)).toBe(true);
});

test("the number of runs is fast-check's 100, or what the environment says", () => {
  let runs = 0;
  fc.assert(fc.property(fc.nat(), () => void runs++));
  const wanted = process.env.FC_RUNS;
  expect(runs).toBe(wanted === undefined || wanted === '' ? 100 : Number(wanted));
});

let bodies = 0;
enrichedTest('a plain test of @fast-check/vitest runs its body', () => {
  bodies++;
});

test('once, unless the environment asks for more', () => {
  const wanted = process.env.FC_RUNS;
  expect(bodies).toBe(wanted === undefined || wanted === '' ? 1 : Number(wanted));
});

test('the seed is the everyday one, unless the environment names another or asks for a random one', () => {
  const { seed } = fc.readConfigureGlobal();
  const wanted = process.env.FC_SEED;
  expect(seed).toBe(wanted === 'random' ? undefined : wanted ? Number(wanted) : 20_261_123);
});
