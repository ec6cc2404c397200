import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DiscoverEvent, Table } from '@neuronseek/search';
import { afterAll, describe, expect, test } from 'vitest';
import type { Results, Run } from '../src/run/results.js';
import { runInWorker } from '../src/run/run-in-worker.js';
import { regression } from './example-report.js';

const folder = mkdtempSync(join(tmpdir(), 'neuronseek-worker-'));
afterAll(() => rmSync(folder, { recursive: true }));

const table: Table = { source: 't.csv', columns: [{ name: 'y', values: [1, null, 'a'] }], rows: 3, lines: [2, 3, 4] };
const results: Results = { report: regression, formula: 'f', model: 'm' };

/** A worker program that runs `code`, with `tell` to speak and `task` as given. */
function program(name: string, code: string): URL {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(
    path,
    `import { parentPort, workerData as task } from 'node:worker_threads';\nconst tell = (message) => parentPort.postMessage(message);\n${code}`,
  );
  return pathToFileURL(path);
}

const never: Run = () => Promise.reject(new Error('not meant to run here'));

function start(
  url: URL,
  signal: AbortSignal = new AbortController().signal,
): { events: DiscoverEvent[]; outcome: Promise<Results> } {
  const events: DiscoverEvent[] = [];
  const outcome = runInWorker(url, never)(table, {
    target: 'y',
    seed: 3,
    signal,
    onProgress: (event) => events.push(event),
  });
  return { events, outcome };
}

describe('runInWorker', () => {
  test('hands on table, options, progress and results', async () => {
    const url = program(
      'done',
      `tell({ kind: 'progress', event: { phase: 'search', done: 1, total: 2, detail: JSON.stringify(task) } });
       tell({ kind: 'done', results: ${JSON.stringify(results)} });`,
    );
    const { events, outcome } = start(url);
    expect(await outcome).toEqual(JSON.parse(JSON.stringify(results)));
    expect(events.map((event) => JSON.parse(event.detail))).toEqual([{ table, options: { target: 'y', seed: 3 } }]);
  });

  test('a fault of the input stays one, a defect keeps its trace', async () => {
    const failed = (input: boolean): string =>
      `tell({ kind: 'failed', input: ${input}, message: 'why', stack: 'there' });`;
    await expect(start(program('input', failed(true))).outcome).rejects.toMatchObject({
      name: 'InputError',
      message: 'why',
    });
    await expect(start(program('defect', failed(false))).outcome).rejects.toMatchObject({
      name: 'Error',
      message: 'why',
      stack: 'there',
    });
  });

  test('a worker that throws or ends without an answer is an error, not a wait for ever', async () => {
    await expect(start(program('throws', `throw new RangeError('odd');`)).outcome).rejects.toThrow('odd');
    await expect(start(program('ends', 'process.exit(7);')).outcome).rejects.toThrow(
      'the worker ended early, with code 7',
    );
  });

  test('an interrupt ends a worker that never yields', async () => {
    const controller = new AbortController();
    const url = program('spins', `tell({ kind: 'progress', event: {} }); for (;;);`);
    const outcome = runInWorker(url, never)(table, {
      target: 'y',
      seed: 0,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(outcome).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('a signal that was aborted before is heard', async () => {
    const signal = AbortSignal.abort();
    await expect(start(program('late', 'for (;;);'), signal).outcome).rejects.toBe(signal.reason);
  });
});
