/**
 * One training step of the search model (orders 1-5 of both streams, rank 8, batch normalisation and a hard-concrete gate for every term,
 * Adam) against the same in eager PyTorch, ../shared/peers/torch_dual_stream.py. Both run alternately in this one process tree; what is
 * compared are the medians over the rounds. Ours is float64 through the public API, drawing the batches included; the peer is float32 on
 * one batch that stays the same. Environment: ROUNDS (default 5), PYTHON (default /usr/bin/python3, Debian's python3-torch).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { batch, dualStreamStep } from './dual-stream.js';
import { median } from './median.js';
import { torchCases } from './torch.js';

const sizes = [10, 32, 64];
const rounds = Number(process.env.ROUNDS ?? 5);

/** Milliseconds a step for each size, or undefined with the reason printed. */
function theirs(): number[] | undefined {
  const cases = torchCases();
  if (typeof cases !== 'string')
    return sizes.map((d) => cases.get(`dual-stream step, batch 256, D=${d}`) ?? Number.NaN);
  console.log(`skipped: torch_dual_stream.py (${cases})`);
  return undefined;
}

const mine: number[][] = sizes.map(() => []);
const peers: number[][] = sizes.map(() => []);
for (let round = 0; round < rounds; round++) {
  sizes.forEach((d, i) => {
    mine[i].push(dualStreamStep(d));
  });
  const other = theirs();
  if (!other) break;
  other.forEach((ms, i) => {
    peers[i].push(ms);
  });
}

const range = (values: readonly number[]): string =>
  `${Math.min(...values).toFixed(3)}-${Math.max(...values).toFixed(3)}`;
const lines = [
  '# Training step of the search model against eager PyTorch',
  '',
  `Batch ${batch}, orders 1-5, rank 8, one output, one thread each. ${rounds} rounds, ours and the peer by turns; times are medians over`,
  `the rounds, ranges in brackets. ${cpus()[0].model}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}.`,
  '',
  '| D | ours, ms | PyTorch, ms | steps a second, ours / PyTorch |',
  '|---|---|---|---|',
  ...sizes.map((d, i) => {
    const own = median(mine[i]);
    if (peers[i].length === 0) return `| ${d} | ${own.toFixed(3)} (${range(mine[i])}) | not run | - |`;
    const other = median(peers[i]);
    return `| ${d} | ${own.toFixed(3)} (${range(mine[i])}) | ${other.toFixed(3)} (${range(peers[i])}) | **${(other / own).toFixed(1)}** |`;
  }),
  '',
];
console.log(lines.join('\n'));
if (peers[0].length > 0) {
  mkdirSync(new URL('./results/', import.meta.url), { recursive: true });
  writeFileSync(new URL('./results/dual-stream-step.md', import.meta.url), lines.join('\n'));
}
