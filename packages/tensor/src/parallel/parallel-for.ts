import type { ChunkKernel } from './chunk-kernel.js';
import { type ChunkTask, identify } from './chunk-task.js';
import type { Job } from './run-alone.js';
import { runJob } from './run-job.js';
import { runKernel } from './run-kernel.js';
import { MAX_THREADS } from './settings.js';

/** Options of one call. */
export interface ParallelForOptions {
  /** Threads that may take part: 1 to 16, and at most the `threads` of `configure`, which is the default. */
  readonly threads?: number;
}

const MOST_CHUNKS = 2 ** 30;

/**
 * Runs chunks 0 to `chunks - 1`, each exactly once, on all threads, and returns when all are done.
 *
 * What runs is either a WebAssembly kernel of this package or `{ module, name, run }`: a function f(chunk, args) that a module exports, and that function itself.
 * Other threads import the module and get `args` as a structured clone, so what they write has to go to SharedArrayBuffers in it. A chunk may run in any
 * thread and at the same time as any other: it writes where no other one reads or writes, and depends on its number and the arguments alone.
 *
 * Threads take the next chunk whenever they are free. The calling one works as well and waits for nobody who has not begun: threads that still start,
 * import or wake join when they are there. Chunks of 20 to 200 us are best: shorter ones are eaten up by taking them, and the last one may have to be
 * waited for. To begin and to end costs less than 1 us while the threads are awake, 5 to 20 us where they have to be woken, and another 20 us for the
 * arguments of a function of a module. While other programs keep the cores so busy that this loses time, calls are done in the calling thread.
 *
 * Arguments that cannot be cloned make a DataCloneError where other threads take part. A chunk that fails, or whose thread ends, makes an Error that names the kernel and the chunk; others may or may not have run. The next call works.
 */
export function parallelFor(
  kernel: ChunkKernel,
  chunks: number,
  args: readonly number[],
  options?: ParallelForOptions,
): void;
export function parallelFor<Args>(
  task: ChunkTask<Args>,
  chunks: number,
  args: Args,
  options?: ParallelForOptions,
): void;
export function parallelFor(
  kernel: ChunkKernel | ChunkTask<unknown>,
  chunks: number,
  args: unknown,
  options?: ParallelForOptions,
): void {
  if (!Number.isInteger(chunks) || chunks < 0 || chunks > MOST_CHUNKS) {
    throw new RangeError(`parallelFor: chunks must be an integer from 0 to ${MOST_CHUNKS}, got ${String(chunks)}`);
  }
  const threads = options?.threads;
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= MAX_THREADS)) {
    throw new RangeError(`parallelFor: threads must be an integer from 1 to ${MAX_THREADS}, got ${String(threads)}`);
  }
  if (!('scratch' in kernel)) runJob(taskJob(kernel, args), chunks, threads);
  else if (Array.isArray(args)) runKernel(kernel, chunks, args, threads);
  else throw new TypeError(`parallelFor: a kernel takes an array of numbers, got ${typeof args}`);
}

const NONE: readonly number[] = [];

function taskJob(task: ChunkTask<unknown>, args: unknown): Job {
  const { name, run } = task;
  if (typeof run !== 'function') throw new TypeError(`parallelFor: task.run must be a function, got ${typeof run}`);
  return { name, ...identify(task), runChunk: (chunk) => run(chunk, args), values: NONE, shared: { args } };
}
