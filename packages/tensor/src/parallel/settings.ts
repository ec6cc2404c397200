import { balance } from './balance.js';
import { THREADS_MARK } from './worker-program.js';

/** The most threads that are ever used, the calling one included. */
export const MAX_THREADS = 16;

/** How the work of this package is shared out. */
export interface ParallelSettings {
  /** Threads that may work at the same time, the calling one included: 1 to 16. Default: the number of cores, and 1 inside of a task of `mapTasks`. */
  readonly threads: number;
}

let chosen: number | undefined;

/**
 * Sets what is given, and returns all settings as they are now. Results do not depend on them, not by a bit.
 *
 * The pool of threads starts at the first call that has work for it, never where `threads` is 1, and changes its size at the next call
 * that uses it.
 */
export function configure(settings: Partial<ParallelSettings> = {}): ParallelSettings {
  const { threads } = settings;
  if (threads !== undefined) {
    if (!Number.isInteger(threads) || threads < 1 || threads > MAX_THREADS) {
      throw new RangeError(`configure: threads must be an integer from 1 to ${MAX_THREADS}, got ${String(threads)}`);
    }
    chosen = threads;
    balance.reset();
  }
  return { threads: chosen ?? defaultThreads() };
}

/** Cores that this process may use, as far as the platform tells; at least 1. */
export function cores(): number {
  const os = globalThis.process?.getBuiltinModule?.('node:os');
  const count =
    os?.availableParallelism?.() ?? Reflect.get(Object(Reflect.get(globalThis, 'navigator')), 'hardwareConcurrency');
  return typeof count === 'number' && count >= 1 ? Math.floor(count) : 1;
}

function defaultThreads(): number {
  const marked: unknown = Reflect.get(globalThis, Symbol.for(THREADS_MARK));
  return typeof marked === 'number' ? marked : Math.min(cores(), MAX_THREADS);
}
