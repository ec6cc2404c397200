import { balance } from './balance.js';
import { ARGUMENTS, CHUNKS, EPOCH, FAILED, HELPERS, KERNEL, NEXT, SPIN, STATE, WAITING } from './control.js';
import { type Control, type Helper, pool, signal } from './pool.js';
import { failure, type Job, runAlone } from './run-alone.js';
import { configure } from './settings.js';

/** Milliseconds of waiting after which it is asked whether the other thread still lives. */
const PATIENCE = 50;
/** Milliseconds after which a thread counts as dead where nothing tells whether it is. */
const LIMIT = 60_000;

/** Chunks of a job that are timed: enough to tell a usual one from one in which this thread had lost its core. */
const SAMPLES = 9;
const samples: Float64Array = /* @__PURE__ */ new Float64Array(SAMPLES);

/** Whether a job is open, so that a chunk which wants threads itself runs on its own. */
let busy = false;

/** Runs all chunks of a job, on `wanted` threads at most. */
export function runJob(job: Job, chunks: number, wanted: number | undefined): void {
  const { threads } = configure();
  const others = Math.min(wanted ?? threads, threads, chunks) - 1;
  const helpers = others > 0 && !busy ? idleHelpers(others, threads) : [];
  if (helpers.length === 0) {
    runAlone(job, chunks);
  } else if (balance.worthwhile()) {
    runTogether(job, chunks, helpers);
  } else {
    const start = performance.now();
    runAlone(job, chunks);
    balance.alone(performance.now() - start);
  }
}

/** Those that run whole tasks look at no job before they are done. */
function idleHelpers(count: number, limit: number): readonly Helper[] {
  const helpers = pool.helpers(count, limit);
  return helpers.some(({ tasks }) => tasks) ? helpers.filter(({ tasks }) => !tasks) : helpers;
}

function runTogether(job: Job, chunks: number, helpers: readonly Helper[]): void {
  const control = pool.control();
  const { words, values } = control;
  const { values: args, shared } = job;
  for (const helper of helpers) announce(job, helper);
  if (shared !== undefined) {
    const message = { ...shared, epoch: words[EPOCH] + 1 };
    for (const { post } of helpers) post(message);
  }
  words[NEXT] = 0;
  words[CHUNKS] = chunks;
  words[KERNEL] = job.id;
  words[ARGUMENTS] = args.length;
  words[HELPERS] = helpers[helpers.length - 1].index + 1;
  words[FAILED] = 0;
  for (let i = 0; i < args.length; i++) values[i] = args[i];
  busy = true;
  Atomics.add(words, EPOCH, 1);
  const failures: Failure[] = [];
  const start = performance.now();
  for (const helper of helpers) signal(helper);
  const taken = takeChunks(job, chunks, words, failures);
  Atomics.add(words, EPOCH, 1);
  // Of all, not of those it was meant for alone: one that has just come back from tasks may have looked in.
  const everyone = pool.members();
  for (const helper of everyone) waitFor(helper, control, failures);
  busy = false;
  balance.together(chunks, samples.subarray(0, Math.min(taken, SAMPLES)), performance.now() - start);
  if (Atomics.load(words, FAILED) !== 0) {
    for (const helper of everyone) failures.push(...receiveFailures(helper));
  }
  if (failures.length === 0) return;
  // Chunks are taken in order, so the first one that fails is the same for any number of threads.
  const { chunk, error } = failures.reduce((a, b) => (b.chunk < a.chunk ? b : a));
  throw failure(job.name, chunk, error);
}

interface Failure {
  readonly chunk: number;
  readonly error: unknown;
}

function announce(job: Job, { known, index, post }: Helper): void {
  if (known.has(job.id)) return;
  const announcement = job.announcement(index);
  if (announcement === undefined) return;
  post(announcement);
  known.add(job.id);
}

/** What the helpers do, in this thread; returns the number of chunks it did. Never throws. */
function takeChunks({ runChunk }: Job, chunks: number, words: Int32Array, failures: Failure[]): number {
  let taken = 0;
  let chunk = 0;
  let last = performance.now();
  try {
    for (; ; taken++) {
      chunk = Atomics.add(words, NEXT, 1);
      if (chunk >= chunks) return taken;
      runChunk(chunk);
      if (taken < SAMPLES) {
        const now = performance.now();
        samples[taken] = now - last;
        last = now;
      }
    }
  } catch (error) {
    Atomics.store(words, NEXT, chunks);
    failures.push({ chunk, error });
    return taken;
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
