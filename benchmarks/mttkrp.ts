/**
 * MTTKRP of all modes, as one sweep of CP-ALS needs them: our dimension tree (two passes over data that live in the memory of the kernels), with one thread and
 * with two, beside NumPy's Khatri–Rao products and matrix products, one a mode (one thread; the unfoldings are made before the clock starts). By turns;
 * compared are medians over the rounds. Runs on sources. Environment: ROUNDS (default 7), PYTHON (default /usr/bin/python3, with numpy).
 */
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { mttkrpSweep } from '../packages/tensor/src/kernels/mttkrp/index.js';
import { configure } from '../packages/tensor/src/parallel/settings.js';
import { wasmRuntime } from '../packages/tensor/src/wasm/runtime.js';
import { workspaceBytes } from '../packages/tensor/src/wasm/workspace.js';
import { median } from './median.js';

/** One line of the table: milliseconds of a sweep. */
export interface MttkrpRow {
  readonly shape: readonly number[];
  readonly rank: number;
  readonly oneThread: number;
  readonly twoThreads: number;
  /** Undefined where there is no NumPy. */
  readonly numpy: number | undefined;
}

const cases: readonly (readonly [shape: readonly number[], rank: number])[] = [
  [[100, 100, 100], 10],
  [[200, 200, 200], 16],
  [[50, 50, 50, 50], 10],
];

const python = process.env.PYTHON ?? '/usr/bin/python3';

const program = `
import json, sys, time, numpy as np
shape, rank, count = json.loads(sys.argv[1])
size = int(np.prod(shape))
x = np.sin(np.arange(size, dtype=float)).reshape(shape)
factors = [np.cos(np.arange(n * rank, dtype=float)).reshape(n, rank) for n in shape]
unfolded = [np.ascontiguousarray(np.moveaxis(x, m, 0).reshape(n, -1)) for m, n in enumerate(shape)]
def khatri_rao(matrices):
    product = matrices[0]
    for m in matrices[1:]:
        product = (product[:, None, :] * m[None, :, :]).reshape(-1, rank)
    return product
def sweep():
    for m in range(len(shape)):
        unfolded[m] @ khatri_rao(factors[:m] + factors[m + 1:])
sweep()
times = []
for _ in range(count):
    begun = time.perf_counter()
    sweep()
    times.append(time.perf_counter() - begun)
print(float(np.median(times)) * 1e3)
`;

/** Milliseconds of one sweep by NumPy in one process: the median of some. */
function numpy(shape: readonly number[], rank: number, count: number): number | undefined {
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1' };
  const run = spawnSync(python, ['-c', program, JSON.stringify([shape, rank, count])], { encoding: 'utf8', env });
  return run.status === 0 ? Number(run.stdout) : undefined;
}

/** All rows; the sweeps of one round stand next to each other in time. */
export function mttkrpRows(rounds: number = Number(process.env.ROUNDS ?? 7)): readonly MttkrpRow[] {
  return cases.map(([shape, rank]) => measure(shape, rank, rounds));
}

function measure(shape: readonly number[], rank: number, rounds: number): MttkrpRow {
  const size = shape.reduce((product, n) => product * n, 1);
  const workspace = wasmRuntime.workspace(workspaceBytes(8 * size));
  const x = workspace?.float64(size) ?? new Float64Array(size);
  for (let i = 0; i < size; i++) x[i] = Math.sin(i);
  const factors = shape.map((n) => Float64Array.from({ length: n * rank }, (_, i) => Math.cos(i)));
  const all = shape.map(() => true);
  const sweep = mttkrpSweep(x, shape, rank);
  const ours = (threads: number, count: number): number => {
    configure({ threads });
    const times = Array.from({ length: count + 2 }, () => {
      const begun = performance.now();
      sweep.run(factors, all, () => {});
      return performance.now() - begun;
    });
    return median(times.slice(2));
  };
  const count = 5;
  // Threads start, and the engine optimises, before anything counts.
  for (const threads of [1, 2]) ours(threads, 3);
  const times = Array.from(
    { length: rounds },
    () => [ours(1, count), ours(2, count), numpy(shape, rank, count)] as const,
  );
  sweep.release();
  workspace?.release();
  const peer = times.flatMap(([, , value]) => (value === undefined ? [] : [value]));
  return {
    shape,
    rank,
    oneThread: median(times.map(([value]) => value)),
    twoThreads: median(times.map(([, value]) => value)),
    numpy: peer.length > 0 ? median(peer) : undefined,
  };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log('| | ours, ms | 2 threads | NumPy | ours / NumPy | 1 thread / 2 |');
  console.log('|---|---|---|---|---|---|');
  for (const { shape, rank, oneThread, twoThreads, numpy: peer } of mttkrpRows()) {
    const ratio = peer === undefined ? '–' : (oneThread / peer).toFixed(2);
    const cells = [oneThread.toFixed(2), twoThreads.toFixed(2), peer?.toFixed(2) ?? '–', ratio];
    console.log(`| ${shape.join('x')} R${rank} | ${cells.join(' | ')} | ${(oneThread / twoThreads).toFixed(2)} |`);
  }
  process.exit();
}
