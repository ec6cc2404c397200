import {
  ASLEEP,
  CONTROL_BYTES,
  EPOCH,
  MAIL,
  MOST_ARGUMENTS,
  OWN_BYTES,
  READY,
  SIGNAL,
  STOPPED,
  VALUES_BYTE,
} from './control.js';
import { workerProgram } from './worker-program.js';

type WorkerThreads = NonNullable<ReturnType<typeof workerThreads>>;
type Worker = InstanceType<WorkerThreads['Worker']>;
type Port = InstanceType<WorkerThreads['MessagePort']>;

/** The words by which threads agree, and the arguments of the open job. */
export interface Control {
  readonly words: Int32Array;
  readonly values: Float64Array;
}

/** One thread besides the calling one. */
export interface Helper {
  readonly worker: Worker;
  /** Its number, from 0 on. */
  readonly index: number;
  /** Its own words. */
  readonly own: Int32Array;
  /** The kernels that were announced to it. */
  readonly known: Set<number>;
  readonly post: (message: unknown) => void;
  /** The next message from it, if there is one. */
  readonly receive: () => unknown;
  /** Whether its thread has ended. Sees it without a turn of the event loop; undefined where the platform does not tell. */
  readonly ended: () => boolean | undefined;
  readonly stop: () => void;
  /** Whether it runs whole tasks, and does not look at jobs. */
  tasks: boolean;
}

export interface Pool {
  readonly control: () => Control;
  /** The first `count` helpers of at most `limit`, started where they are missing; those beyond the limit are stopped, unless they run tasks. Fewer, or none, where threads are denied. */
  readonly helpers: (count: number, limit: number) => readonly Helper[];
  /** All helpers that there are. */
  readonly members: () => readonly Helper[];
  /** Why there are no threads here, or undefined. Starts none. */
  readonly denied: () => string | undefined;
  /** Forgets a helper; the next call starts another one in its place. */
  readonly discard: (helper: Helper) => void;
}

/** Threads that may end before they have begun until no more are started. */
const MOST_EARLY = 4;

/** The one pool of threads of this copy of the package: it starts with the first work, and keeps no process alive. */
export const pool: Pool = /* @__PURE__ */ createPool();

function createPool(): Pool {
  const members: (Helper | undefined)[] = [];
  let refusal: string | undefined;
  let early = 0;
  let block: Control | undefined;

  const control = (): Control => {
    if (block === undefined) {
      const buffer = new SharedArrayBuffer(CONTROL_BYTES);
      block = { words: new Int32Array(buffer), values: new Float64Array(buffer, VALUES_BYTE, MOST_ARGUMENTS) };
      // No job is open.
      block.words[EPOCH] = 1;
    }
    return block;
  };

  const discard = (helper: Helper): void => {
    const index = members.indexOf(helper);
    if (index >= 0) members[index] = undefined;
    helper.stop();
  };

  const start = (threads: WorkerThreads, index: number): Helper => {
    const helper = startHelper(threads, control(), index);
    const end = (reason: string): void => {
      if (Atomics.load(helper.own, STOPPED) !== 0) return;
      // Threads that end again and again before they have begun will not do better the next time.
      if (Atomics.load(helper.own, READY) !== 0) early = 0;
      else if (++early >= MOST_EARLY) refusal ??= reason;
      discard(helper);
    };
    helper.worker.once('error', (error) => end(`threads end as they start: ${String(error)}`));
    helper.worker.once('exit', () => end('threads end as they start'));
    return helper;
  };

  return {
    control,
    discard,
    members: () => members.filter((helper) => helper !== undefined),
    denied: () => refusal ?? reasonAgainst(),
    helpers: (count, limit) => {
      for (let i = limit; i < members.length; i++) {
        const surplus = members[i];
        if (surplus !== undefined && !surplus.tasks) discard(surplus);
      }
      const found: Helper[] = [];
      for (let i = 0; i < count; i++) {
        let helper = members[i];
        if (helper === undefined || Atomics.load(helper.own, STOPPED) !== 0) {
          refusal ??= reasonAgainst();
          const threads = workerThreads();
          if (refusal !== undefined || threads === undefined) break;
          try {
            helper = start(threads, i);
          } catch (error) {
            refusal = error instanceof Error ? error.message : String(error);
            break;
          }
          members[i] = helper;
        }
        found.push(helper);
      }
      return found;
    },
  };
}

/** Not an import: bundlers for browsers would trip over it, and there the answer is simply none. */
function workerThreads() {
  return globalThis.process?.getBuiltinModule?.('node:worker_threads');
}

/** What can be known without starting a thread. */
function reasonAgainst(): string | undefined {
  if (typeof Reflect.get(globalThis, 'SharedArrayBuffer') !== 'function') return 'there is no shared memory';
  if (workerThreads() === undefined) return 'there is no node:worker_threads';
  if (globalThis.process.permission?.has('worker') === false) return 'the permission model denies workers';
  return undefined;
}

function startHelper(threads: WorkerThreads, control: Control, index: number): Helper {
  const { Worker, MessageChannel, receiveMessageOnPort } = threads;
  const { port1: port, port2 } = new MessageChannel();
  const own = new Int32Array(new SharedArrayBuffer(OWN_BYTES));
  // A module at an address of its own, not `eval`: only for modules does Node 20 load what a process was started with by --import.
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(workerProgram())}`), {
    name: `neuronseek ${index + 1}`,
    workerData: { ...control, own, port: port2, helper: index },
    transferList: [port2],
  });
  worker.unref();
  const kept: unknown[] = [];
  const ended = (): boolean | undefined => {
    for (let mail = receiveMessageOnPort(port); mail !== undefined; mail = receiveMessageOnPort(port))
      kept.push(mail.message);
    return isDetached(port);
  };
  const tells = ended() === false;
  return {
    worker,
    index,
    own,
    known: new Set(),
    tasks: false,
    post: (message) => {
      port.postMessage(message);
      Atomics.store(own, MAIL, 1);
    },
    receive: () => kept.shift() ?? receiveMessageOnPort(port)?.message,
    ended: () => (tells ? ended() : undefined),
    stop: () => {
      Atomics.store(own, STOPPED, 1);
      worker.terminate();
      port.close();
    },
  };
}

/**
 * Whether the thread at the other end of a port is gone, read off the error for naming it twice in a transfer: a port that still lives is found twice in
 * the list, one that was closed is refused because it is detached. Nothing else sees the end of a thread while this one waits for it.
 */
function isDetached(port: Port): boolean | undefined {
  try {
    structuredClone(null, { transfer: [port, port] });
  } catch (error) {
    const message = String(error);
    if (message.includes('duplicate')) return false;
    if (message.includes('detached')) return true;
  }
  return undefined;
}

/** Tells a helper that there is something to look at. */
export function signal({ own }: Helper): void {
  Atomics.add(own, SIGNAL, 1);
  if (Atomics.load(own, ASLEEP) !== 0) Atomics.notify(own, SIGNAL);
}
