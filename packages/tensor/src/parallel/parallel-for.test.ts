import { fc, test } from '@fast-check/vitest';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { counter, countingModule, untilThreads } from '../../test/support/chunk-kernels.js';
import { configure, parallelFor } from '../parallel/index.js';
import { currentEngine } from '../wasm/engine.js';
import { createRuntime, wasmRuntime } from '../wasm/runtime.js';
import { workspaceBytes } from '../wasm/workspace.js';
import { balance } from './balance.js';
import { type ChunkKernel, chunkKernel } from './chunk-kernel.js';
import { FAILED, STATE } from './control.js';
import { type Helper, pool } from './pool.js';

const before = configure();
afterEach(() => void configure(before));

const validate: unknown = Reflect.get(Object(Reflect.get(globalThis, 'WebAssembly')), 'validate');

/** Waits until the first helper is inside of a chunk, or one has failed. */
function untilInside([helper]: readonly Helper[] = pool.members()): void {
  const end = performance.now() + 10_000;
  while (Atomics.load(helper.own, STATE) < 2 && Atomics.load(pool.control().words, FAILED) === 0) {
    if (performance.now() > end) throw new Error('no other thread takes a chunk');
  }
}

describe('every chunk runs exactly once', () => {
  it('in a module that the engine accepts', () => {
    if (typeof validate !== 'function') throw new Error('these tests need WebAssembly');
    expect(validate(countingModule().encode({ pages: 1 }))).toBe(true);
  });

  const spare = counter(400);
  test.prop([fc.nat(400), fc.nat(300), fc.constantFrom(1, 2, 3, 7), fc.option(fc.integer({ min: 1, max: 9 }))])(
    'for any number of chunks and threads',
    (chunks, slow, threads, limit) => {
      configure({ threads });
      const { kernel, counts, args } = spare;
      counts.fill(0);
      parallelFor(kernel, chunks, args({ slow }), limit === null ? undefined : { threads: limit });
      expect(counts).toEqual(Float64Array.from(counts, (_, i) => (i < chunks ? 1 : 0)));
    },
  );

  it.each([2, 3, 7])('on %i threads with a scratch each, and on one after that', async (threads) => {
    const all = counter(300);
    configure({ threads });
    const seen = await untilThreads(threads, all);
    all.counts.fill(0);
    parallelFor(all.kernel, 300, all.args({ slow: 20_000 }));
    expect(all.counts).toEqual(new Float64Array(300).fill(1));
    expect(seen.length).toBe(threads);
    for (let i = 1; i < threads; i++) expect(seen[i] - seen[i - 1]).toBeGreaterThanOrEqual(2 ** 20);
    all.counts.fill(0);
    parallelFor(all.kernel, 300, all.args({ slow: 20_000 }), { threads: 1 });
    expect(new Set(all.scratches)).toEqual(new Set([all.kernel.scratch]));
    configure({ threads: 1 });
    parallelFor(all.kernel, 300, all.args({ slow: 20_000 }));
    expect(new Set(all.scratches)).toEqual(new Set([all.kernel.scratch]));
    expect(all.counts).toEqual(new Float64Array(300).fill(2));
  });

  it('in memory that has grown since the threads began', async () => {
    configure({ threads: 2 });
    await untilThreads(2, counter(50));
    const ballast = wasmRuntime.workspace(workspaceBytes(6e7));
    const far = counter(50);
    await untilThreads(2, far);
    expect(Math.min(...far.counts)).toBeGreaterThan(0);
    ballast?.release();
  });

  it('where a chunk wants threads itself', async () => {
    configure({ threads: 2 });
    const [outer, inner] = [counter(40), counter(40)];
    await untilThreads(2, outer);
    inner.counts.fill(0);
    let calls = 0;
    const nesting: ChunkKernel = {
      ...outer.kernel,
      run: (...parameters) => {
        calls++;
        parallelFor(inner.kernel, 40, inner.args());
        return outer.kernel.run(...parameters);
      },
    };
    while (calls === 0) {
      outer.counts.fill(0);
      parallelFor(nesting, 40, outer.args({ slow: 20_000 }));
    }
    expect(outer.counts).toEqual(new Float64Array(40).fill(1));
    expect(inner.counts).toEqual(new Float64Array(40).fill(calls));
    expect(new Set(inner.scratches)).toEqual(new Set([inner.kernel.scratch]));
  });
});

describe('a chunk that fails', () => {
  it.each([1, 2, 3])('is named, the first one of them, with %i threads, and the next call works', async (threads) => {
    configure({ threads });
    const all = counter(60);
    await untilThreads(threads, all);
    for (const forbidden of [0, 1, 31]) {
      const fail = (): void => parallelFor(all.kernel, 60, all.args({ slow: 500, forbidden }));
      expect(fail).toThrow(
        new RegExp(`^parallelFor: kernel counting failed in chunk ${forbidden}: .*memory access out of bounds`),
      );
    }
    all.counts.fill(0);
    await untilThreads(threads, all);
    expect(new Set(all.counts).size).toBe(1);
  });

  it('is named where only the other thread could have met it', async () => {
    configure({ threads: 2 });
    const all = counter(2);
    await untilThreads(2, all);
    const waiting: ChunkKernel = { ...all.kernel, run: () => untilInside() };
    balance.reset();
    // The calling thread takes one of the two chunks, and waits in it until the helper has the other.
    expect(() => parallelFor(waiting, 2, all.args({ slow: 2_000_000, forbidden: 0 }))).toThrow(/in chunk [01]: memory/);
  });

  it('is named where its thread is killed, and the next call has a new one', async () => {
    configure({ threads: 3 });
    const all = counter(100);
    await untilThreads(3, all);
    balance.reset();
    const [victim] = pool.helpers(1, 2);
    const killing: ChunkKernel = {
      ...all.kernel,
      run: (...parameters) => {
        untilInside([victim]);
        victim.stop();
        return all.kernel.run(...parameters);
      },
    };
    // The second helper would not end either; it is not asked.
    const fail = (): void => parallelFor(killing, 100, all.args({ forever: all.kernel.scratch }), { threads: 2 });
    expect(fail).toThrow(/^parallelFor: kernel counting failed in chunk \d+: its thread has ended$/);
    expect(pool.helpers(1, 2)[0]).not.toBe(victim);
    await untilThreads(3, all);
  });

  it('is none where an idle thread is killed', async () => {
    configure({ threads: 2 });
    const all = counter(100);
    await untilThreads(2, all);
    pool.helpers(1, 1)[0].stop();
    all.counts.fill(0);
    parallelFor(all.kernel, 100, all.args());
    expect(all.counts).toEqual(new Float64Array(100).fill(1));
    await untilThreads(2, all);
  });
});

describe('one thread does it all', () => {
  it('where memory is too small for the scratch of another one', () => {
    configure({ threads: 2 });
    const all = counter(100, createRuntime(currentEngine, 32 + 17 + 1));
    for (let i = 0; i < 30; i++) parallelFor(all.kernel, 100, all.args({ slow: 2000 }));
    expect(all.counts).toEqual(new Float64Array(100).fill(30));
    expect(new Set(all.scratches)).toEqual(new Set([all.kernel.scratch]));
  });

  it('as long as there is no room for the scratch, even of the first one', async () => {
    configure({ threads: 2 });
    const runtime = createRuntime(currentEngine, 32 + 64);
    const ballast = runtime.workspace(60 * 65536);
    const make = chunkKernel('counting', countingModule, runtime);
    expect(make()).toBeUndefined();
    ballast?.release();
    // Room for one scratch, then for two.
    const most = runtime.workspace(40 * 65536);
    const all = counter(50, runtime);
    expect(make()?.scratch).toBe(all.kernel.scratch);
    for (let i = 0; i < 30; i++) parallelFor(all.kernel, 50, all.args({ slow: 2000 }));
    expect(new Set(all.scratches)).toEqual(new Set([all.kernel.scratch]));
    most?.release();
    await untilThreads(2, all);
  });

  it('where memory cannot be shared', () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    try {
      configure({ threads: 2 });
      const all = counter(100, createRuntime(currentEngine));
      parallelFor(all.kernel, 100, all.args());
      expect(all.counts).toEqual(new Float64Array(100).fill(1));
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('and nobody where there is no engine, or no memory for a scratch: plain loops are for that', () => {
    expect(
      chunkKernel(
        'none',
        countingModule,
        createRuntime(() => undefined),
      )(),
    ).toBeUndefined();
    expect(chunkKernel('none', countingModule, createRuntime(currentEngine, 33))()).toBeUndefined();
  });
});

it('refuses numbers of chunks and arguments that it cannot have', () => {
  const { kernel } = counter(1);
  for (const chunks of [-1, 0.5, Number.NaN, 2 ** 31]) {
    expect(() => parallelFor(kernel, chunks, [])).toThrow(RangeError);
  }
  expect(() => parallelFor(kernel, 1, new Array<number>(25).fill(0))).toThrow(
    'parallelFor: a kernel has at most 24 arguments, got 25',
  );
  for (const threads of [0, 17, 1.5]) {
    expect(() => parallelFor(kernel, 1, [], { threads })).toThrow(
      `parallelFor: threads must be an integer from 1 to 16, got ${threads}`,
    );
  }
});
