import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageChannel, Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import {
  ARGUMENTS,
  CHUNKS,
  CONTROL_BYTES,
  EPOCH,
  HELPERS,
  KERNEL,
  MAIL,
  MOST_ARGUMENTS,
  NEXT,
  OWN_BYTES,
  SIGNAL,
  STATE,
  VALUES_BYTE,
} from './control.js';
import { workerProgram } from './worker-program.js';

it('hears of tasks also where that is read inside of a job', { timeout: 10_000 }, async () => {
  const control = new SharedArrayBuffer(CONTROL_BYTES);
  const words = new Int32Array(control);
  const values = new Float64Array(control, VALUES_BYTE, MOST_ARGUMENTS);
  const own = new Int32Array(new SharedArrayBuffer(OWN_BYTES));
  const { port1, port2 } = new MessageChannel();
  words[EPOCH] = 1;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(workerProgram())}`), {
    workerData: { words, values, own, port: port2, helper: 0 },
    transferList: [port2],
  });
  const wake = (): void => {
    Atomics.add(own, SIGNAL, 1);
    Atomics.notify(own, SIGNAL);
  };
  /** One chunk of the function, for the helper alone; the time is enough for it to join. */
  const job = async (): Promise<void> => {
    words.set([1, 0, 0, 1], CHUNKS);
    expect([KERNEL, ARGUMENTS, HELPERS]).toEqual([CHUNKS + 1, CHUNKS + 2, CHUNKS + 3]);
    words[NEXT] = 0;
    Atomics.add(words, EPOCH, 1);
    wake();
    await sleep(30);
    Atomics.add(words, EPOCH, 1);
    while (Atomics.load(own, STATE) !== 0) await sleep(1);
  };
  try {
    const module = new URL('../../test/support/tasks.ts', import.meta.url).href;
    port1.postMessage({ id: 0, task: module, name: 'fillRow' });
    Atomics.store(own, MAIL, 1);
    const out = new Float64Array(new SharedArrayBuffer(16));
    while (out[1] === 0) {
      port1.postMessage({ epoch: words[EPOCH] + 1, args: { out, columns: 2, factor: 1 } });
      Atomics.store(own, MAIL, 1);
      await job();
    }
    // As if it had looked for mail just before: then it finds this in the job, and the flag afterwards.
    port1.postMessage({ tasks: true });
    await job();
    Atomics.store(own, MAIL, 1);
    wake();
    worker.postMessage({ module, name: 'refuse', index: 0, item: 5 });
    expect(await once(worker, 'message')).toEqual([{ index: 0, value: 5 }]);
  } finally {
    port1.close();
    await worker.terminate();
  }
});
