import { Worker } from 'node:worker_threads';
import { type DiscoverEvent, InputError, type Table } from '@neuronseek/search';
import type { Results, Run, RunOptions } from './results.js';

/** What the worker is given. */
export interface WorkerTask {
  readonly table: Table;
  readonly options: Pick<RunOptions, 'target' | 'task' | 'method' | 'seed'>;
}

/** What the worker says. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly event: DiscoverEvent }
  | { readonly kind: 'done'; readonly results: Results }
  | { readonly kind: 'failed'; readonly input: boolean; readonly message: string; readonly stack: string };

/**
 * Discovers on a worker thread, so that this one stays free to hear an interrupt and end the work at once.
 *
 * Where workers are denied (Node's permission model), `otherwise` runs on this thread.
 *
 * @param program - the built file of the worker
 */
export function runInWorker(program: URL, otherwise: Run): Run {
  return async (table, options) => {
    const { target, task, method, seed, signal, onProgress } = options;
    const workerData: WorkerTask = { table, options: { target, task, method, seed } };
    let worker: Worker;
    try {
      worker = new Worker(program, { workerData });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ERR_ACCESS_DENIED')
        return otherwise(table, options);
      throw error;
    }
    return new Promise<Results>((resolve, reject) => {
      const abort = (): void => {
        reject(signal.reason);
        void worker.terminate();
      };
      const settle = (finish: () => void): void => {
        signal.removeEventListener('abort', abort);
        finish();
      };
      if (signal.aborted) abort();
      signal.addEventListener('abort', abort, { once: true });
      worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'progress') onProgress(message.event);
        else if (message.kind === 'done') settle(() => resolve(message.results));
        else settle(() => reject(toError(message)));
      });
      worker.on('error', (error) => settle(() => reject(error)));
      worker.on('exit', (code) => settle(() => reject(new Error(`the worker ended early, with code ${code}`))));
    });
  };
}

function toError({ input, message, stack }: Extract<WorkerMessage, { kind: 'failed' }>): Error {
  if (input) return new InputError(message);
  const error = new Error(message);
  error.stack = stack;
  return error;
}
