import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Timer } from './row.js';

type Reply = { readonly ms?: number; readonly version?: string; readonly error?: string };

/** NumPy with one thread in a process of its own, that waits while others take their turn. */
export interface NumPy {
  /** Version, or why it is missing. */
  readonly version: string | undefined;
  readonly missing: string;
  /** Times a statement after some lines of preparation, `np` being there; a text where NumPy is missing. */
  readonly timer: (setup: string, statement: string) => Timer | string;
  readonly stop: () => void;
}

export async function startNumPy(python: string): Promise<NumPy> {
  const threads = { OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const child = spawn(python, ['kernels/numpy_peer.py'], { env: { ...process.env, ...threads } });
  const ask = conversation(child);
  const first = await ask({ version: true });
  let cases = 0;
  return {
    version: first.version,
    missing: first.error ?? '',
    timer: (setup, statement) => {
      if (first.version === undefined) return first.error ?? 'NumPy did not answer';
      const name = `case ${cases++}`;
      return async (round) => {
        const request = round < 0 ? { case: name, setup, statement } : { case: name };
        const { ms, error } = await ask(request);
        if (error !== undefined) throw new Error(`NumPy, ${statement}: ${error}`);
        return ms ?? Number.NaN;
      };
    },
    stop: () => {
      child.stdin.end();
    },
  };
}

/** One question, one line of answer. A process that ends answers everything with its last words. */
function conversation(child: ChildProcessWithoutNullStreams): (request: object) => Promise<Reply> {
  let waiting: ((reply: Reply) => void) | undefined;
  let ended: string | undefined;
  let words = '';
  const end = (reason: string): void => {
    ended ??= reason;
    waiting?.({ error: ended });
  };
  child.stdin.on('error', (error) => end(error.message));
  child.on('error', (error) => end(error.message));
  child.stderr.on('data', (data) => {
    words += String(data);
  });
  child.on('close', () => end(words.trim().split('\n').at(-1) || 'the process ended'));
  createInterface({ input: child.stdout }).on('line', (line) => waiting?.(JSON.parse(line)));
  return (request) =>
    new Promise((resolve) => {
      waiting = resolve;
      if (ended !== undefined) resolve({ error: ended });
      else child.stdin.write(`${JSON.stringify(request)}\n`);
    });
}
