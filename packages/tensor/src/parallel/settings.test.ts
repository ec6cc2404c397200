import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { capabilities, configure } from '../parallel/index.js';
import { cores, MAX_THREADS } from './settings.js';

const before = configure();
afterEach(() => {
  vi.unstubAllGlobals();
  configure(before);
});

describe('configure', () => {
  it('has as many threads as there are cores, 16 at most, until told otherwise', async () => {
    // A copy of its own: in this process others may have told it otherwise.
    vi.resetModules();
    const fresh = await import('./settings.js');
    expect(fresh.configure()).toEqual({ threads: Math.min(16, availableParallelism()) });
    expect(MAX_THREADS).toBe(16);
    expect(configure({ threads: 3 })).toEqual({ threads: 3 });
    expect(configure()).toEqual({ threads: 3 });
    expect(configure({ threads: undefined })).toEqual({ threads: 3 });
  });

  it.each([0, -1, 17, 1.5, Number.NaN, '2', null])('refuses %s threads', (threads) => {
    expect(() => Reflect.apply(configure, undefined, [{ threads }])).toThrow(
      new RangeError(`configure: threads must be an integer from 1 to 16, got ${threads}`),
    );
    expect(configure()).toEqual(before);
  });
});

describe('cores', () => {
  it('are what Node says, what a browser says, or one', () => {
    expect(cores()).toBe(availableParallelism());
    vi.stubGlobal('process', undefined);
    vi.stubGlobal('navigator', { hardwareConcurrency: 5 });
    expect(cores()).toBe(5);
    vi.stubGlobal('navigator', undefined);
    expect(cores()).toBe(1);
  });
});

describe('capabilities', () => {
  it('say what there is', () => {
    configure({ threads: 3 });
    const expected = { threads: 3, cores: cores(), sharedMemory: true, webAssembly: true, simd: true };
    expect(capabilities()).toEqual({ ...expected, workers: 'available' });
  });

  it.each([
    ['SharedArrayBuffer', 'there is no shared memory', false],
    ['process', 'there is no node:worker_threads', true],
  ])('say why there are no threads without %s', (name, workers, sharedMemory) => {
    configure({ threads: 3 });
    vi.stubGlobal(name, undefined);
    expect(capabilities()).toMatchObject({ threads: 1, workers, sharedMemory });
  });
});

describe('a process', () => {
  const source = (path: string): string => JSON.stringify(new URL(path, import.meta.url));
  // Taken away after the imports, because the loader that runs this text needs it itself.
  const program = (change: string): string => `
    const { capabilities, configure, mapTasks, parallelFor } = await import(${source('./index.ts')});
    const { counter } = await import(${source('../../test/support/chunk-kernels.ts')});
    const tasks = await import(${source('../../test/support/tasks.ts')});
    const module = ${source('../../test/support/tasks.ts')};
    ${change}
    configure({ threads: 3 });
    const { threads, workers, webAssembly } = capabilities();
    // A task that waits for a run of its own; first, when it is not known yet that threads do not start.
    const nested = await mapTasks({ module, name: 'nested' }, [1, 5]);
    const out = new Float64Array(new (globalThis.SharedArrayBuffer ?? ArrayBuffer)(8 * 1000));
    for (let i = 0; i < 20; i++) parallelFor({ module, name: 'fillRow', run: tasks.fillRow }, 100, { out, columns: 10, factor: 1 });
    const results = await mapTasks({ module, name: 'work' }, [1, 2, 3].map((seed) => ({ seed, turns: 9 })));
    let counts = [];
    if (webAssembly) {
      const all = counter(30);
      for (let i = 0; i < 10; i++) parallelFor(all.kernel, 30, all.args());
      counts = [...all.counts];
    }
    console.log(JSON.stringify({ threads, workers, webAssembly, counts: [...new Set(counts)], last: out[999], nested, results: results.map((r) => r[7]) }));
  `;
  const inThreads = new URL('../../../../scripts/tsx-in-threads.mjs', import.meta.url).href;
  const last = 20 * (100 * Math.sqrt(9));

  const denyPermission = "process.permission = { has: (scope) => scope !== 'worker' };";
  // A constructor that throws, as under a permission model that does not say so in advance.
  const denyWorker = `
    const real = process.getBuiltinModule('node:worker_threads');
    process.getBuiltinModule = (id) => id === 'node:worker_threads'
      ? { ...real, Worker: class { constructor() { throw new Error('Access to this API has been restricted'); } } }
      : undefined;`;
  const endWorker = `
    const real = process.getBuiltinModule('node:worker_threads');
    process.getBuiltinModule = (id) => id === 'node:worker_threads'
      ? { ...real, Worker: class extends real.Worker { constructor(text, options) { super(new URL('data:text/javascript,process.exit()'), options); } } }
      : undefined;`;
  it.concurrent.each<[string, string[], string, Record<string, unknown>]>([
    [
      'without code from strings',
      ['--disallow-code-generation-from-strings'],
      '',
      { threads: 3, workers: 'available' },
    ],
    ['without a compiler', ['--jitless'], '', { threads: 3, workers: 'available', webAssembly: false, counts: [] }],
    [
      'without shared memory',
      [],
      'delete globalThis.SharedArrayBuffer;',
      { threads: 1, workers: 'there is no shared memory' },
    ],
    ['without permission', [], denyPermission, { threads: 1, workers: 'the permission model denies workers' }],
    ['without workers', [], denyWorker, { threads: 3, workers: 'available' }],
    ['whose workers end as they start', [], endWorker, { threads: 3, workers: 'available' }],
  ])('%s gives the same results, and ends', async (_name, flags, change, expected) => {
    const args = [
      ...flags,
      '--import',
      import.meta.resolve('tsx'),
      '--import',
      inThreads,
      '--input-type=module',
      '--eval',
      program(change),
    ];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 });
    const { work } = await import('../../test/support/tasks.js');
    const results = [1, 2, 3].map((seed) => work({ seed, turns: 9 })[7]);
    expect(JSON.parse(stdout)).toEqual({
      webAssembly: true,
      counts: [10],
      last,
      nested: [
        [1, 2],
        [5, 6],
      ],
      results,
      ...expected,
    });
  });
});
