import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tensor } from '@neuronseek/tensor';
import { decodeNpy } from '@neuronseek/tensor/io';
import { conversation } from '../conversation.js';

interface Reply {
  readonly version?: string;
  readonly ms?: number;
  readonly relativeError?: number | null;
  readonly error?: string;
}

/** What the peer's function took and came to. */
export interface Run {
  readonly ms: number;
  readonly relativeError: number;
}

/** The NumPy script in a process of its own, with one thread, that waits while we take our turn. */
export interface Peer {
  readonly version: string;
  /** A tensor of low rank with noise, made by the script and known to it under this name. */
  readonly input: (name: string, shape: readonly number[], rank: number) => Promise<Tensor>;
  /** Evaluates a call of one of its functions on inputs. */
  readonly run: (call: string) => Promise<Run>;
  readonly stop: () => void;
}

/** Starts the peer; a text that says why where it cannot be. */
export async function startPeer(python: string, script: string): Promise<Peer | string> {
  if (!existsSync(script)) return `the peer script is absent: ${script}`;
  const threads = { OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const child = spawn(python, ['decomposition/peer.py', script], { env: { ...process.env, ...threads } });
  const ask = conversation<Reply>(child);
  const folder = mkdtempSync(join(tmpdir(), 'bench-decomposition-'));
  const first: Reply = await ask({ version: true });
  if (first.version === undefined) return first.error ?? 'NumPy did not answer';
  const asked = async (request: object): Promise<Reply> => {
    const reply: Reply = await ask(request);
    if (reply.error !== undefined) throw new Error(`NumPy: ${reply.error}`);
    return reply;
  };
  return {
    version: first.version,
    input: async (name, shape, rank) => {
      const path = join(folder, `${name}.npy`);
      await asked({ input: name, shape, rank, path });
      return decodeNpy(readFileSync(path));
    },
    run: async (call) => {
      const { ms, relativeError } = await asked({ call });
      return { ms: ms ?? Number.NaN, relativeError: relativeError ?? Number.NaN };
    },
    stop: () => {
      child.stdin.end();
    },
  };
}
