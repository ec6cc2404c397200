import { spawn } from 'node:child_process';
import { conversation } from '../conversation.js';
import type { Timer } from './row.js';

interface Reply {
  readonly ms?: number;
  readonly version?: string;
  readonly error?: string;
}

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
  const ask = conversation<Reply>(child);
  const first: Reply = await ask({ version: true });
  let cases = 0;
  return {
    version: first.version,
    missing: first.error ?? '',
    timer: (setup, statement) => {
      if (first.version === undefined) return first.error ?? 'NumPy did not answer';
      const name = `case ${cases++}`;
      return async (round) => {
        const request = round < 0 ? { case: name, setup, statement } : { case: name };
        const { ms, error }: Reply = await ask(request);
        if (error !== undefined) throw new Error(`NumPy, ${statement}: ${error}`);
        return ms ?? Number.NaN;
      };
    },
    stop: () => {
      child.stdin.end();
    },
  };
}
