import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const peer = fileURLToPath(new URL('../../shared/peers/torch_dual_stream.py', `file://${process.cwd()}/`));

/** Milliseconds by name of the case, from one run of eager PyTorch with one thread (python3-torch); a text says why there is none. */
export function torchCases(): ReadonlyMap<string, number> | string {
  if (!existsSync(peer)) return `no such file beside the project: ${peer}`;
  const python = process.env.PYTHON ?? '/usr/bin/python3';
  const run = spawnSync(python, [peer, '1'], { encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: '1' } });
  if (run.status !== 0) return run.error?.message ?? run.stderr.trim().split('\n').at(-1) ?? 'it failed';
  const cases = run.stdout
    .trim()
    .split('\n')
    .map((line): { case: string; ms: number } => JSON.parse(line));
  return new Map(cases.map((c) => [c.case, c.ms]));
}
