import { pool } from './pool.js';
import { runTasks, type TaskRun, taskError } from './run-tasks.js';
import { configure, MAX_THREADS } from './settings.js';
import { importTask, type Task, taskModule } from './task.js';

/** How far `mapTasks` has come. */
export interface TaskProgress<Result = unknown> {
  readonly done: number;
  readonly total: number;
  /** The item that was finished last, and what came of it: who stops the run early keeps what there is. */
  readonly index: number;
  readonly result: Result;
}

/** Options of `mapTasks`. */
export interface MapTasksOptions<Result = unknown> {
  /** Items that may be worked on at the same time: 1 to 16, and at most the `threads` of `configure`, which is the default. */
  readonly threads?: number;
  /** Rejects with its reason and frees the threads. Default: none. */
  readonly signal?: AbortSignal;
  /** Called after every item. Default: nobody. */
  readonly onProgress?: (progress: TaskProgress<Result>) => void;
}

/** The run that has the threads; the next one waits for it. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Runs a function of a module on every item, whole items at the same time in threads of their own, and resolves to the results in the order of the items.
 *
 * The function is called with one item and may be asynchronous. Items and results travel as structured clones: plain data and typed arrays do; of a Tensor send
 * data and shape. A thread takes the next item when it is free; inside of a task everything runs on one thread, so that results have the same bits for any
 * number of threads. Where `configure` says one thread, or threads are denied, items run one after another in this one. Runs wait for each other.
 *
 * Rejects with an Error that names the first item whose function throws, or whose thread ends, and has what was thrown as its `cause`; items after it
 * are cancelled.
 *
 * Cost: 30 to 60 ms for a thread that has to start, some 50 us an item.
 */
export async function mapTasks<Item, Result>(
  task: Task,
  items: readonly Item[],
  options: MapTasksOptions<Result> = {},
): Promise<Result[]> {
  const { threads, signal, onProgress } = options;
  if (threads !== undefined && (!Number.isInteger(threads) || threads < 1 || threads > MAX_THREADS)) {
    throw new RangeError(`mapTasks: threads must be an integer from 1 to ${MAX_THREADS}, got ${String(threads)}`);
  }
  if (!Array.isArray(items)) throw new TypeError(`mapTasks: items must be an array, got ${typeof items}`);
  const module = taskModule('mapTasks', task);
  signal?.throwIfAborted();
  const results = new Array<Result>(items.length);
  const finished = new Set<number>();
  const run: TaskRun = {
    module,
    name: task.name,
    items,
    signal,
    isFinished: (index) => finished.has(index),
    finish: (index, value) => {
      // What the module returns is what its caller says it returns: nothing here can check it.
      results[index] = value as Result;
      finished.add(index);
      onProgress?.({ done: finished.size, total: items.length, index, result: results[index] });
    },
  };
  if (items.length === 0) return results;
  await unlessAborted(signal, runThere(run, threads));
  return results;
}

/** In threads if there are any, else here, where runs do not wait for each other: a task may wait for a run of its own. */
async function runThere(run: TaskRun, threads: number | undefined): Promise<void> {
  const { items, signal } = run;
  if (configure().threads === 1 || pool.denied() !== undefined) return runHere(run);
  const before = turn;
  const own = before.then(() => {
    signal?.throwIfAborted();
    for (const helper of pool.members()) if (helper.ended() === true) pool.discard(helper);
    const limit = configure().threads;
    const helpers = pool.helpers(Math.min(threads ?? limit, limit, items.length), limit);
    return runTasks(run, helpers);
  });
  turn = own.catch(() => undefined);
  if (!(await own)) await runHere(run);
}

/** As the run, but rejects when the signal does, also while the run waits for its turn, or for a task in this thread. */
function unlessAborted(signal: AbortSignal | undefined, run: Promise<void>): Promise<void> {
  if (signal === undefined) return run;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    run.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** The items that are left one after another in this thread, with a turn of the event loop before each, so that a signal is heard. */
async function runHere({ module, name, items, signal, isFinished, finish }: TaskRun): Promise<void> {
  let f: Awaited<ReturnType<typeof importTask>> | undefined;
  for (let index = 0; index < items.length; index++) {
    if (isFinished(index)) continue;
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    let value: unknown;
    try {
      f ??= await importTask(module, name);
      value = structuredClone(await f(structuredClone(items[index])));
    } catch (error) {
      throw taskError(name, index, error);
    }
    signal?.throwIfAborted();
    finish(index, value);
  }
}
