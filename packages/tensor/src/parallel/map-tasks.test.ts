import { fc, test } from '@fast-check/vitest';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { counter, untilThreads } from '../../test/support/chunk-kernels.js';
import * as tasks from '../../test/support/tasks.js';
import { configure, mapTasks, type TaskProgress } from '../parallel/index.js';
import { parallelFor } from './parallel-for.js';
import { pool } from './pool.js';

const before = configure();
afterEach(() => void configure(before));

const module = new URL('../../test/support/tasks.ts', import.meta.url);
const task = (name: keyof typeof tasks): { module: URL; name: string } => ({ module, name });

/** What a call rejects with. */
async function failureOf(run: Promise<unknown>): Promise<Error> {
  const outcome: unknown = await run.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error)) throw new Error(`nothing was thrown: ${String(outcome)}`);
  return outcome;
}

describe('results', () => {
  const items = fc.array(fc.record({ seed: fc.double({ min: 0, max: 100, noNaN: true }), turns: fc.nat(3000) }), {
    maxLength: 12,
  });
  test.prop([items, fc.constantFrom(1, 2, 3)], { numRuns: 20 })(
    'have the same bits and the order of the items for any number of threads',
    async (list, threads) => {
      configure({ threads: 3 });
      expect(await mapTasks(task('work'), list, { threads })).toEqual(list.map(tasks.work));
    },
  );

  it.each([1, 7])('have them with %i threads in all', async (threads) => {
    configure({ threads });
    const list = Array.from({ length: 20 }, (_, seed) => ({ seed, turns: 1000 }));
    expect(await mapTasks(task('work'), list)).toEqual(list.map(tasks.work));
  });

  it.each([1, 2, 3])('come in any order, and are told of one by one, with %i threads', async (threads) => {
    configure({ threads });
    const seen: TaskProgress[] = [];
    const list = [30, 1, 20, 2].map((ms, value) => ({ ms, value }));
    const results = await mapTasks(task('later'), list, { onProgress: (event) => void seen.push(event) });
    expect(results).toEqual([0, 1, 2, 3]);
    expect(seen.map(({ done, total }) => [done, total])).toEqual([1, 2, 3, 4].map((done) => [done, 4]));
    for (const { index, result } of seen) expect(result).toBe(index);
    expect(seen.map(({ index }) => index).sort()).toEqual([0, 1, 2, 3]);
  });

  it('are computed on one thread inside of each task', async () => {
    configure({ threads: 2 });
    expect(await mapTasks(task('threadsInside'), [0, 0])).toEqual([1, 1]);
    expect(await mapTasks(task('nested'), [1, 5])).toEqual([
      [1, 2],
      [5, 6],
    ]);
  });

  it('of runs at the same time do not mix, and chunks run meanwhile and afterwards', async () => {
    configure({ threads: 3 });
    const { kernel, counts, args } = counter(100);
    const runs = [3, 1, 5].map((n) =>
      mapTasks<number, number>(
        task('refuse'),
        Array.from({ length: n }, (_, i) => 10 * n + i),
      ),
    );
    for (let i = 0; i < 20; i++) parallelFor(kernel, 100, args({ slow: 100 }));
    expect(await Promise.all(runs)).toEqual([[30, 31, 32], [10], [50, 51, 52, 53, 54]]);
    for (let i = 0; i < 20; i++) {
      parallelFor(kernel, 100, args({ slow: 100 }));
      expect(await mapTasks(task('refuse'), [i, 2])).toEqual([i, 2]);
    }
    expect(counts).toEqual(new Float64Array(100).fill(40));
  });

  it.each([1, 2])('are there for items that are missing, with %i threads', async (threads) => {
    configure({ threads });
    expect(await mapTasks(task('describe'), new Array(3))).toEqual(['undefined', 'undefined', 'undefined']);
  });

  it('of nothing are nothing', async () => {
    expect(await mapTasks(task('forever'), [])).toEqual([]);
  });
});

describe('a failure', () => {
  test.prop([fc.array(fc.integer({ min: -9, max: 30 }), { minLength: 1, maxLength: 12 }), fc.constantFrom(1, 2, 3)], {
    numRuns: 20,
  })('is that of the first item that fails, for any number of threads', async (list, threads) => {
    configure({ threads });
    const first = list.findIndex((x) => x < 0);
    const run = mapTasks(task('refuse'), list);
    if (first < 0) {
      expect(await run).toEqual(list);
    } else {
      const error = await failureOf(run);
      expect(error.message).toBe(`mapTasks: task refuse failed at item ${first}: ${list[first]} is negative`);
      expect(error.cause).toBeInstanceOf(RangeError);
    }
  });

  it.each([1, 2])('ends what runs after it, with %i threads', async (threads) => {
    configure({ threads });
    const list = [
      { value: 0, ms: 0 },
      { value: 1, ms: 1e8 },
    ];
    // Not an object, so that the first one throws.
    const run = mapTasks(task('later'), [undefined, ...list]);
    expect((await failureOf(run)).message).toMatch(/^mapTasks: task later failed at item 0: /);
    expect(await mapTasks(task('refuse'), [1, 2, 3])).toEqual([1, 2, 3]);
  });

  it.each([
    ['quit', 'its thread has ended'],
    ['burst', 'burst'],
  ] as const)('is a thread that ends: %s', async (name, reason) => {
    configure({ threads: 2 });
    const error = await failureOf(mapTasks(task(name), [-1]));
    expect(error.message).toBe(`mapTasks: task ${name} failed at item 0: ${reason}`);
    expect(await mapTasks(task('refuse'), [1, 2, 3])).toEqual([1, 2, 3]);
  });

  it('is a thread that is killed', async () => {
    configure({ threads: 2 });
    const run = mapTasks(task('forever'), [0]);
    await mapTasks(task('refuse'), []);
    setTimeout(() => {
      for (const { stop } of pool.members()) stop();
    }, 20);
    expect((await failureOf(run)).message).toBe('mapTasks: task forever failed at item 0: its thread has ended');
    expect(await mapTasks(task('refuse'), [1, 2, 3])).toEqual([1, 2, 3]);
  });

  it('is none where a thread is killed before it has begun: others do its item', async () => {
    configure({ threads: 2 });
    for (const helper of pool.members()) pool.discard(helper);
    const run = mapTasks(task('refuse'), [1, 2]);
    await vi.waitFor(() => expect(pool.members().length).toBe(2), { interval: 0 });
    pool.members()[1].worker.terminate();
    expect(await run).toEqual([1, 2]);
  });

  it.each([1, 2])('is what cannot be sent or found, with %i threads', async (threads) => {
    configure({ threads });
    const send = (): void => undefined;
    expect((await failureOf(mapTasks(task('refuse'), [1, send]))).message).toMatch(
      /failed at item 1: .*could not be cloned/,
    );
    expect((await failureOf(mapTasks(task('unsendable'), [1]))).message).toMatch(
      /failed at item 0: .*could not be cloned/,
    );
    expect((await failureOf(mapTasks({ module, name: 'nothing' }, [1]))).message).toMatch(
      /exports no function nothing/,
    );
    expect((await failureOf(mapTasks({ module: 'file:///nowhere.mjs', name: 'x' }, [1]))).message).toMatch(
      /failed at item 0/,
    );
  });

  it('is the first one, also where the thread of a later item ends meanwhile', async () => {
    configure({ threads: 3 });
    await mapTasks(task('refuse'), [1, 2, 3]);
    const list = [
      { ms: 150, end: 'value' },
      { ms: 0, end: 'throw' },
      { ms: 50, end: 'quit' },
    ];
    expect((await failureOf(mapTasks(task('fate'), list))).message).toBe(
      'mapTasks: task fate failed at item 1: refused',
    );
  });

  it.each([1, 2])('keeps its message where it is a DOMException, with %i threads', async (threads) => {
    configure({ threads });
    const error = await failureOf(mapTasks(task('giveUp'), [0]));
    expect(error.message).toBe('mapTasks: task giveUp failed at item 0: given up');
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('to send leaves threads that have not begun for chunks', async () => {
    configure({ threads: 2 });
    for (const helper of pool.members()) pool.discard(helper);
    await failureOf(mapTasks(task('refuse'), [(): void => undefined, 1]));
    expect(await mapTasks(task('refuse'), [1, 2])).toEqual([1, 2]);
    await untilThreads(2, counter(50));
  });

  it('is one of the caller, who hears of progress', async () => {
    configure({ threads: 2 });
    const error = new Error('enough');
    const onProgress = (): never => {
      throw error;
    };
    expect(await failureOf(mapTasks(task('refuse'), [1, 2, 3], { onProgress }))).toBe(error);
    expect(await mapTasks(task('refuse'), [1, 2, 3])).toEqual([1, 2, 3]);
  });
});

describe('a signal', () => {
  it.each([
    ['forever', 2],
    ['never', 2],
    ['never', 1],
  ] as const)('frees threads that run %s, %i of them', async (name, threads) => {
    configure({ threads });
    const control = new AbortController();
    const reason = new Error('no more');
    setTimeout(() => control.abort(reason), 20);
    expect(await failureOf(mapTasks(task(name), [0, 0, 0], { signal: control.signal }))).toBe(reason);
    expect(await mapTasks(task('refuse'), [1, 2, 3])).toEqual([1, 2, 3]);
  });

  it.each([1, 2])(
    'is heard between items, by runs that wait, and before they begin, with %i threads',
    async (threads) => {
      configure({ threads });
      const control = new AbortController();
      const signal = control.signal;
      const seen = vi.fn(({ done }: TaskProgress) => {
        if (done === 2) control.abort();
      });
      const list = Array.from({ length: 50 }, (_, i) => i);
      const run = mapTasks(task('refuse'), list, { signal, onProgress: seen });
      const waiting = mapTasks(task('refuse'), list, { signal });
      const errors = await Promise.all([run, waiting].map(failureOf));
      expect(errors.map(({ name }) => name)).toEqual(['AbortError', 'AbortError']);
      expect((await failureOf(mapTasks(task('refuse'), list, { signal }))).name).toBe('AbortError');
      expect(seen.mock.calls.length).toBeLessThan(5);
      expect(await mapTasks(task('refuse'), list)).toEqual(list);
    },
  );
});

it('refuses what it cannot run', async () => {
  const wrong = [0, 17, 1.5, Number.NaN];
  for (const threads of wrong) {
    expect((await failureOf(mapTasks(task('refuse'), [1], { threads }))).message).toBe(
      `mapTasks: threads must be an integer from 1 to 16, got ${threads}`,
    );
  }
  expect((await failureOf(mapTasks({ module: './tasks.js', name: 'refuse' }, [1]))).message).toBe(
    "mapTasks: task.module must be an absolute URL, such as new URL('./task.js', import.meta.url), got ./tasks.js",
  );
  expect(await failureOf(Reflect.apply(mapTasks, undefined, [{ module, name: 3 }, [1]]))).toBeInstanceOf(TypeError);
  expect(await failureOf(Reflect.apply(mapTasks, undefined, [task('refuse'), 'abc']))).toBeInstanceOf(TypeError);
});
