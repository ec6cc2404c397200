import { parentPort, workerData } from 'node:worker_threads';
import { runHere } from './run/run-here.js';
import type { WorkerMessage, WorkerTask } from './run/run-in-worker.js';

// The program of the worker thread: one task, progress, one answer.

const { table, options }: WorkerTask = workerData;
const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);
// Aborting is ending this thread, from outside.
const { signal } = new AbortController();

runHere(table, { ...options, signal, onProgress: (event) => tell({ kind: 'progress', event }) }).then(
  (results) => tell({ kind: 'done', results }),
  (error: unknown) => {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    tell({ kind: 'failed', input: name === 'InputError', message, stack: stack ?? message });
  },
);
