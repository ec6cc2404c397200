import { READY } from './control.js';
import { type Helper, pool, signal as wake } from './pool.js';

/** What there is to do, and where results go. */
export interface TaskRun {
  readonly module: string;
  readonly name: string;
  readonly items: readonly unknown[];
  readonly signal: AbortSignal | undefined;
  readonly isFinished: (index: number) => boolean;
  /** Takes the result of an item. What it throws ends the run. */
  readonly finish: (index: number, value: unknown) => void;
}

/** What a helper answers. */
interface Answer {
  readonly index: number;
  readonly value?: unknown;
  readonly thrown?: boolean;
  readonly error?: unknown;
}

/** Resolves to true when all items are done, to false where the threads end as they start and somebody else has to do the rest. */
export function runTasks(run: TaskRun, helpers: readonly Helper[]): Promise<boolean> {
  if (helpers.length === 0) return Promise.resolve(false);
  const { items, signal } = run;
  // Not by `map`, which passes over items that are missing.
  const waiting = [...items.keys()].reverse();
  const working = new Map<Helper, number>();
  const leave = new Map<Helper, () => void>();
  let failed = items.length;
  let failure: Error | undefined;

  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      signal?.removeEventListener('abort', abort);
      for (const release of leave.values()) release();
      leave.clear();
      settle();
    };
    const abort = (): void => end(() => reject(signal?.reason));

    const fail = (index: number, error: unknown): void => {
      if (index < failed) {
        failed = index;
        failure = taskError(run.name, index, error);
      }
      settleFailure();
    };

    // An item before the one that failed may fail yet, and would have been the first one of a single thread.
    const settleFailure = (): void => {
      if (![...working.values()].some((other) => other < failed)) end(() => reject(failure));
    };

    const give = (helper: Helper): void => {
      const index = failure === undefined ? waiting.pop() : undefined;
      if (index === undefined) return;
      working.set(helper, index);
      try {
        helper.worker.postMessage({ module: run.module, name: run.name, index, item: items[index] });
      } catch (error) {
        working.delete(helper);
        fail(index, error);
      }
    };

    const hear = (helper: Helper, { index, value, thrown, error }: Answer): void => {
      working.delete(helper);
      if (thrown) fail(index, error);
      else if (failure !== undefined) settleFailure();
      else keep(helper, index, value);
    };

    const keep = (helper: Helper, index: number, value: unknown): void => {
      try {
        run.finish(index, value);
      } catch (error) {
        end(() => reject(error));
      }
      // `finish` calls the user, who may have thrown or aborted: then nobody is left.
      if (!leave.has(helper)) return;
      give(helper);
      if (working.size === 0 && waiting.length === 0) end(() => resolve(true));
    };

    /** A thread has ended: by itself, killed, or by an error that nobody caught. */
    const lose = (helper: Helper, error: unknown): void => {
      const index = working.get(helper);
      leave.get(helper)?.();
      leave.delete(helper);
      working.delete(helper);
      if (index === undefined && leave.size > 0) return;
      if (Atomics.load(helper.own, READY) === 0) {
        if (index !== undefined) waiting.push(index);
        const idle = [...leave.keys()].find((other) => !working.has(other));
        if (failure !== undefined) settleFailure();
        else if (idle !== undefined) give(idle);
        else if (leave.size === 0) end(() => resolve(false));
      } else if (index !== undefined) {
        fail(index, error);
      }
    };

    signal?.addEventListener('abort', abort, { once: true });
    for (const helper of helpers)
      leave.set(
        helper,
        enter(
          helper,
          (answer) => hear(helper, answer),
          (error) => lose(helper, error),
          () => working.has(helper),
        ),
      );
    for (const helper of helpers) if (leave.has(helper)) give(helper);
  });
}

/** Turns a helper to tasks. The function that is returned turns it back, or ends its thread if it is in the middle of one. */
function enter(
  helper: Helper,
  hear: (answer: Answer) => void,
  lose: (error: unknown) => void,
  isWorking: () => boolean,
): () => void {
  const { worker } = helper;
  let reason: unknown = new Error('its thread has ended');
  const onError = (error: unknown): void => {
    reason = error;
  };
  const onExit = (): void => lose(reason);
  const onUnreadable = (error: unknown): void => {
    reason = error;
    pool.discard(helper);
  };
  worker.on('message', hear).on('messageerror', onUnreadable).on('error', onError).on('exit', onExit);
  // As long as there are tasks, the process has to live.
  worker.ref();
  helper.tasks = true;
  helper.post({ tasks: true });
  wake(helper);
  return () => {
    worker.off('message', hear).off('messageerror', onUnreadable).off('error', onError).off('exit', onExit);
    worker.unref();
    helper.tasks = false;
    if (isWorking()) pool.discard(helper);
    else worker.postMessage({ end: true });
  };
}

/** The error for an item. */
export function taskError(name: string, index: number, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(`mapTasks: task ${name} failed at item ${index}: ${reason}`, { cause });
}
