/**
 * One training epoch of a network 8-64-64-1 on 20,640 rows in batches of 128 with Adam, written in the public functions of @neuronseek/tensor
 * (mlp.ts), against the same in eager PyTorch, ../shared/peers/torch_dual_stream.py. Both run by turns, one thread each; what is
 * compared are the medians over the rounds. Ours is in float64 and in float32; the peer is in float32. Environment: ROUNDS (default 5),
 * PYTHON (default /usr/bin/python3, Debian's python3-torch).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { astype, treeMap } from '@neuronseek/tensor';
import { median } from './median.js';
import { epoch, initial, rows, start } from './mlp.js';
import { torchCases } from './torch.js';

const rounds = Number(process.env.ROUNDS ?? 5);
const dtypes = ['float64', 'float32'] as const;

/** Milliseconds an epoch: the median over epochs 4 to 10, as the first ones compile. */
function ours(dtype: 'float64' | 'float32'): number {
  const table = treeMap((t) => astype(t, dtype), rows());
  let state = start(treeMap((t) => astype(t, dtype), initial(3)));
  const times: number[] = [];
  for (let e = 0; e < 10; e++) {
    const begun = performance.now();
    state = epoch(state, table.x, table.y, e).state;
    times.push(performance.now() - begun);
  }
  return median(times.slice(3));
}

/** Milliseconds an epoch, or undefined with the reason printed. */
function theirs(): number | undefined {
  const cases = torchCases();
  if (typeof cases !== 'string') return cases.get('MLP 8-64-64-1 epoch, 20640 rows, batch 128');
  console.log(`skipped: torch_dual_stream.py (${cases})`);
  return undefined;
}

const mine = new Map(dtypes.map((dtype) => [dtype, [] as number[]]));
const peers: number[] = [];
for (let round = 0; round < rounds; round++) {
  for (const [dtype, times] of mine) times.push(ours(dtype));
  const other = theirs();
  if (other === undefined) break;
  peers.push(other);
}

const show = (times: readonly number[]): string =>
  `${median(times).toFixed(1)} (${Math.min(...times).toFixed(1)}–${Math.max(...times).toFixed(1)})`;
const lines = [
  '# An epoch of an MLP against eager PyTorch',
  '',
  '8-64-64-1, relu, mean squared error, Adam, 20,640 rows, batches of 128, in the public functions of @neuronseek/tensor; one thread each.',
  `Milliseconds: medians over ${mine.get('float64')?.length} rounds by turns, ranges in brackets. ${cpus()[0].model}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}.`,
  '',
  '| | ms an epoch | times PyTorch |',
  '|---|---|---|',
  ...[...mine].map(([dtype, times]) => {
    const ratio = peers.length > 0 ? `**${(median(times) / median(peers)).toFixed(2)}**` : '-';
    return `| ours, ${dtype} | ${show(times)} | ${ratio} |`;
  }),
  ...(peers.length > 0 ? [`| PyTorch, float32 | ${show(peers)} | 1 |`] : []),
  '',
];
console.log(lines.join('\n'));
if (peers.length > 0) {
  mkdirSync(new URL('./results/', import.meta.url), { recursive: true });
  writeFileSync(new URL('./results/mlp-epoch.md', import.meta.url), lines.join('\n'));
}
