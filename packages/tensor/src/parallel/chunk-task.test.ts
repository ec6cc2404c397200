import { fc, test } from '@fast-check/vitest';
import { afterEach, expect, it, vi } from 'vitest';
import { fillRow, mark, refuseChunk } from '../../test/support/tasks.js';
import { balance } from './balance.js';
import { parallelFor } from './parallel-for.js';
import { configure } from './settings.js';

const before = configure();
afterEach(() => void configure(before));

const module = new URL('../../test/support/tasks.ts', import.meta.url);
const shared = (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(8 * length));

/** Calls until a thread besides this one has imported the module and takes chunks. */
async function untilShared(): Promise<void> {
  const threads = new Int32Array(new SharedArrayBuffer(4 * 64));
  const here = process.getBuiltinModule('node:worker_threads').threadId;
  for (let tries = 0; tries < 10_000; tries++) {
    balance.reset();
    parallelFor({ module, name: 'mark', run: mark }, 64, { threads });
    if (threads.some((id) => id !== here)) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error('no other thread takes a chunk');
}

it('runs in other threads once they have imported it', async () => {
  configure({ threads: 2 });
  await untilShared();
});

test.prop([fc.nat(200), fc.constantFrom(1, 2, 3, 7), fc.double({ min: -5, max: 5, noNaN: true })], { numRuns: 60 })(
  'writes the same bits into shared memory with any number of threads',
  (chunks, threads, factor) => {
    configure({ threads });
    const [columns, expected] = [17, shared(17 * chunks)];
    for (let i = 0; i < chunks; i++) fillRow(i, { out: expected, columns, factor });
    const out = shared(17 * chunks);
    parallelFor({ module, name: 'fillRow', run: fillRow }, chunks, { out, columns, factor });
    expect(out).toEqual(expected);
  },
);

it.each([1, 2])('names the first chunk that throws, with %i threads', async (threads) => {
  configure({ threads });
  if (threads > 1) await untilShared();
  for (let i = 0; i < 30; i++) {
    const fail = (): void => parallelFor({ module, name: 'refuseChunk', run: refuseChunk }, 50, { from: i });
    expect(fail).toThrow(`parallelFor: kernel refuseChunk failed in chunk ${i}: not ${i}`);
  }
});

it('keeps the message of a DOMException, which cannot be sent', async () => {
  configure({ threads: 2 });
  await untilShared();
  const here = (): void => {
    for (let i = 0; i < 20_000; i++) Math.sqrt(i);
  };
  const fail = (): void => {
    for (let tries = 0; tries < 1000; tries++) {
      balance.reset();
      parallelFor({ module, name: 'giveUpChunk', run: here }, 64, undefined);
    }
  };
  await vi.waitFor(() => expect(fail).toThrow(/^parallelFor: kernel giveUpChunk failed in chunk \d+: given up$/));
});

it('refuses what is no function, and what cannot be sent', () => {
  configure({ threads: 2 });
  const wrong = { module, name: 'mark', run: 'mark' };
  expect(() => Reflect.apply(parallelFor, undefined, [wrong, 1, {}])).toThrow(
    'parallelFor: task.run must be a function, got string',
  );
  expect(() => parallelFor({ module: 'tasks.js', name: 'mark', run: mark }, 1, { threads: new Int32Array(1) })).toThrow(
    /task.module must be an absolute URL/,
  );
  const out = Object.assign(shared(34), { extra: (): void => undefined });
  const task = { module, name: 'fillRow', run: fillRow };
  // A function among the arguments is no data.
  expect(() => parallelFor(task, 2, { out, columns: 17, factor: 1, f: (): void => undefined })).toThrow(
    /could not be cloned/,
  );
  parallelFor(task, 2, { out, columns: 17, factor: 1 });
  expect(out[16]).toBe(4);
});
