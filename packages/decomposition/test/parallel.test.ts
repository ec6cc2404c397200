import { mul, ones, tensor } from '@neuronseek/tensor';
import { configure } from '@neuronseek/tensor/parallel';
import { fold, key } from '@neuronseek/tensor/random';
import { afterAll, describe, expect, test } from 'vitest';
import { type CpTensor, cp, createProblem, suggestRank } from '../src/index.js';
import { type CpRestarts, cpRestarts, rankSweep } from '../src/parallel/index.js';

const { threads: before } = configure();
afterAll(() => void configure({ threads: before }));

const { tensor: x } = createProblem({ shape: [9, 8, 7], rank: 3, noise: 0.2, key: key(6) });
const entries = ({ weights, factors }: CpTensor): number[] =>
  [weights, ...factors].flatMap((t) => [...t.toTypedArray()]);
const bits = ({ best, ...rest }: CpRestarts): unknown => ({ ...rest, best: best && entries(best) });

describe('cpRestarts', () => {
  test('is cp from keys of their own, with the same bits for any number of threads', async () => {
    const runs: CpRestarts[] = [];
    for (const threads of [1, 2, 3]) {
      configure({ threads });
      runs.push(await cpRestarts(x, 3, { restarts: 4, key: key(2) }));
    }
    for (const run of runs.slice(1)) expect(bits(run)).toEqual(bits(runs[0]));
    const own = [0, 1, 2, 3].map((i) => cp(x, 3, { starts: i === 0 ? 'auto' : ['random'], key: fold(key(2), i) }));
    expect(runs[0].relativeErrors).toEqual(own.map(({ relativeError }) => relativeError));
    const least = own.reduce((a, b) => (b.relativeError < a.relativeError ? b : a));
    expect(runs[0].best && entries(runs[0].best)).toEqual(entries(least));
    expect(runs[0].best).toMatchObject({ status: least.status, trace: least.trace });
    expect(runs[0].status).toBe('complete');
    expect(runs[0].stability?.scores.length).toBe(4);
  });

  test.each([
    ['a core', true],
    ['all of the data', false],
  ])('is that too where the data live in memory of the kernels, fitted by %s', async (_, compress) => {
    const { tensor: large } = createProblem({ shape: [60, 40, 30], rank: 3, noise: 0.2, key: key(7) });
    const options = { starts: ['random'], compress, maxIterations: 20 } as const;
    const own = [0, 1].map((i) => cp(large, 3, { ...options, key: fold(key(2), i) }));
    const least = own.reduce((a, b) => (b.relativeError < a.relativeError ? b : a));
    for (const threads of [1, 2]) {
      configure({ threads });
      const { best, relativeErrors } = await cpRestarts(large, 3, { ...options, restarts: 2, key: key(2) });
      expect(relativeErrors).toEqual(own.map(({ relativeError }) => relativeError));
      expect(best && entries(best)).toEqual(entries(least));
      expect(best).toMatchObject({ trace: least.trace, starts: least.starts });
    }
  });

  test.each([1, 2])('keeps what there is when it is stopped, with %i threads', async (threads) => {
    configure({ threads });
    const controller = new AbortController();
    const seen: number[] = [];
    const run = await cpRestarts(x, 3, {
      restarts: 20,
      signal: controller.signal,
      onProgress: ({ done, total, restart, relativeError }) => {
        expect(total).toBe(20);
        expect(relativeError).toBeGreaterThan(0);
        seen.push(restart);
        if (done === 2) controller.abort();
      },
    });
    expect(run.status).toBe('aborted');
    expect(run.relativeErrors.flatMap((error, i) => (Number.isNaN(error) ? [] : [i])).sort()).toEqual([...seen].sort());
    expect(run.best).toBeDefined();
    expect(await cpRestarts(x, 3, { signal: AbortSignal.abort() })).toMatchObject({
      best: undefined,
      status: 'aborted',
    });
  });

  test('refuses before anything runs', async () => {
    await expect(cpRestarts(x, 0)).rejects.toThrow(new RangeError('cpRestarts: rank is not a positive integer: 0'));
    await expect(cpRestarts(x, 1, { restarts: 0 })).rejects.toThrow(
      new RangeError('cpRestarts: restarts is not a positive integer: 0'),
    );
    await expect(cpRestarts(mul(x, Number.NaN), 1)).rejects.toThrow('cpRestarts: x is not finite at [0, 0, 0]: NaN');
    await expect(cpRestarts(x, 1, { threads: 0 })).rejects.toThrow(RangeError);
    await expect(cpRestarts(x, 2, { restarts: 2, ridge: -1 })).rejects.toThrow(
      'cpRestarts: ridge is not a finite number from 0: -1',
    );
  });
});

describe('rankSweep', () => {
  test('is suggestRank, bit for bit', async () => {
    const expected = suggestRank(x, { maxRank: 4, starts: 2, key: key(3) });
    for (const threads of [1, 2]) {
      configure({ threads });
      expect(await rankSweep(x, { maxRank: 4, starts: 2, key: key(3) })).toEqual(expected);
    }
  });

  test('suggests among the ranks that were tried when it is stopped', async () => {
    configure({ threads: 2 });
    const controller = new AbortController();
    const found = await rankSweep(x, {
      maxRank: 5,
      starts: 1,
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 1) controller.abort();
      },
    });
    expect(found.status).toBe('aborted');
    expect(found.candidates.length).toBeLessThan(5);
    await expect(rankSweep(tensor([1, 2]))).rejects.toThrow('rankSweep: x needs at least two modes');
    await expect(rankSweep(ones([2, 2]), { maxRank: 0.5 })).rejects.toThrow(RangeError);
  });
});
