import type { ChunkKernel } from './chunk-kernel.js';
import {
  ARGUMENTS,
  CHUNKS,
  EPOCH,
  FAILED,
  HELPERS,
  KERNEL,
  MOST_ARGUMENTS,
  NEXT,
  SPIN,
  STATE,
  WAITING,
} from './control.js';
import { type Control, type Helper, pool, signal } from './pool.js';
import { configure } from './settings.js';

/** Options of one call. */
export interface ParallelForOptions {
  /** Threads that may take part, at most; `configure` bounds them as well. Default: what `configure` says. */
  readonly threads?: number;
}

/** Milliseconds of waiting after which it is asked whether the other thread still lives. */
const PATIENCE = 50;
/** Milliseconds after which a thread counts as dead where nothing tells whether it is. */
const LIMIT = 60_000;

const MOST_CHUNKS = 2 ** 30;

/** Whether a job is open, so that a chunk which wants threads itself runs on its own. */
let busy = false;

/**
 * Runs chunks 0 to `chunks - 1` of a kernel, each exactly once, on all threads, and returns when all are done.
 *
 * Threads take the next chunk whenever they are free. The calling one works as well and waits for nobody who has not begun: threads that still start or
 * wake join when they are there. Chunks of 20 to 200 us are best: shorter ones are eaten up by taking them, and the last one
 * may have to be waited for. To begin and to end costs less than 1 us while the threads are awake, some 10 us where they have to be woken.
 *
 * A chunk that fails, or whose thread ends, makes an Error that names the kernel and the chunk; others may or may not have run. The next call works.
 */
export function parallelFor(
  kernel: ChunkKernel,
  chunks: number,
  args: readonly number[],
  options?: ParallelForOptions,
): void {
  if (!Number.isInteger(chunks) || chunks < 0 || chunks > MOST_CHUNKS) {
    throw new RangeError(`parallelFor: chunks must be an integer from 0 to ${MOST_CHUNKS}, got ${String(chunks)}`);
  }
  if (args.length > MOST_ARGUMENTS) {
    throw new RangeError(`parallelFor: a kernel has at most ${MOST_ARGUMENTS} arguments, got ${args.length}`);
  }
  const { threads } = configure();
  const wanted = Math.min(options?.threads ?? threads, threads, chunks) - 1;
  const helpers = wanted > 0 && !busy ? pool.helpers(wanted, threads - 1) : [];
  if (helpers.length === 0) runAlone(kernel, chunks, args);
  else runTogether(kernel, chunks, args, helpers);
}

/** The chunks one after another, in this thread. */
function runAlone({ name, run, scratch }: ChunkKernel, chunks: number, args: readonly number[]): void {
  const parameters = [0, scratch, ...args];
  let chunk = 0;
  try {
    for (; chunk < chunks; chunk++) {
      parameters[0] = chunk;
      run(...parameters);
    }
  } catch (error) {
    throw failure(name, chunk, error);
  }
}

function runTogether(kernel: ChunkKernel, chunks: number, args: readonly number[], helpers: readonly Helper[]): void {
  const control = pool.control();
  const { words, values } = control;
  for (const helper of helpers) announce(kernel, helper);
  words[NEXT] = 0;
  words[CHUNKS] = chunks;
  words[KERNEL] = kernel.id;
  words[ARGUMENTS] = args.length;
  words[HELPERS] = helpers.length;
  words[FAILED] = 0;
  for (let i = 0; i < args.length; i++) values[i] = args[i];
  busy = true;
  Atomics.add(words, EPOCH, 1);
  const failures: Failure[] = [];
  try {
    for (const helper of helpers) signal(helper);
    takeChunks(kernel, chunks, args, words, failures);
  } finally {
    Atomics.add(words, EPOCH, 1);
    for (const helper of helpers) waitFor(helper, control, failures);
    busy = false;
  }
  if (Atomics.load(words, FAILED) !== 0) {
    for (const helper of helpers) failures.push(...receiveFailures(helper));
  }
  if (failures.length === 0) return;
  // Chunks are taken in order, so the first one that fails is the same for any number of threads.
  const { chunk, error } = failures.reduce((a, b) => (b.chunk < a.chunk ? b : a));
  throw failure(kernel.name, chunk, error);
}

interface Failure {
  readonly chunk: number;
  readonly error: unknown;
}

function announce(kernel: ChunkKernel, { known, index, post }: Helper): void {
  if (known.has(kernel.id)) return;
  known.add(kernel.id);
  const announcement = kernel.announcement(index);
  if (announcement !== undefined) post(announcement);
}

/** What the helpers do, in this thread. */
function takeChunks(
  { run, scratch }: ChunkKernel,
  chunks: number,
  args: readonly number[],
  words: Int32Array,
  failures: Failure[],
): void {
  const parameters = [0, scratch, ...args];
  let chunk = 0;
  try {
    for (;;) {
      chunk = Atomics.add(words, NEXT, 1);
      if (chunk >= chunks) return;
      parameters[0] = chunk;
      run(...parameters);
    }
  } catch (error) {
    Atomics.store(words, NEXT, chunks);
    failures.push({ chunk, error });
  }
}

/** Waits until a helper has left the job, first awake, then asleep; looks from time to time whether it can still do so. */
function waitFor(helper: Helper, { words }: Control, failures: Failure[]): void {
  const { own } = helper;
  for (let polls = 0; polls < SPIN; polls++) {
    if (Atomics.load(own, STATE) === 0) return;
  }
  Atomics.store(words, WAITING, 1);
  for (let waited = 0; ; waited += PATIENCE) {
    const state = Atomics.load(own, STATE);
    if (state === 0) break;
    if (Atomics.wait(own, STATE, state, PATIENCE) !== 'timed-out') continue;
    const ended = helper.ended();
    if (ended === true || (ended === undefined && waited >= LIMIT)) {
      // It may have left, or failed, in between.
      const last = Atomics.load(own, STATE);
      if (last !== 0) failures.push({ chunk: Math.max(0, last - 2), error: new Error('its thread has ended') });
      pool.discard(helper);
      break;
    }
  }
  Atomics.store(words, WAITING, 0);
}

function receiveFailures(helper: Helper): Failure[] {
  const found: Failure[] = [];
  for (let message = helper.receive(); message !== undefined; message = helper.receive()) {
    const chunk: unknown = Reflect.get(Object(message), 'chunk');
    if (typeof chunk === 'number') found.push({ chunk, error: Reflect.get(Object(message), 'error') });
  }
  return found;
}

function failure(name: string, chunk: number, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(`parallelFor: kernel ${name} failed in chunk ${chunk}: ${reason}`, { cause });
}
