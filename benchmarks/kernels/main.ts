/**
 * The kernels and their peers: NumPy, PyTorch, numpy-ts, tfjs with its WebAssembly backend, ml-matrix and ndarray-ops. Prints the table and writes
 * docs/performance.md, unless only some rows were asked for. Runs on sources, bundled: kernels are not public. Environment: ROUNDS (default 5), ONLY
 * (rows whose name has this text), PYTHON (default /usr/bin/python3, Debian's python3-numpy and python3-torch).
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { configure } from '../../packages/tensor/src/parallel/settings.js';
import { startNumPy } from './numpy.js';
import { page } from './page.js';
import { plainTable, shortfalls } from './render.js';
import { elementwiseGroup } from './rows/elementwise.js';
import { factorizationsGroup } from './rows/factorizations.js';
import { fallbackGroup, gemmGroup } from './rows/gemm.js';
import { mttkrpGroup } from './rows/mttkrp.js';
import { threadsGroup } from './rows/threads.js';
import { trainingGroup } from './rows/training.js';
import { type Measured, runGroup } from './run.js';

const rounds = Number(process.env.ROUNDS ?? 5);
const only = process.env.ONLY ?? '';
const python = process.env.PYTHON ?? '/usr/bin/python3';

configure({ threads: 1 });
const numpy = await startNumPy(python);
if (numpy.version === undefined) console.log(`NumPy skipped: ${numpy.missing}`);
const torch = spawnSync(python, ['-c', 'import torch; print(torch.__version__)'], { encoding: 'utf8' }).stdout?.trim();

const begun = performance.now();
const loadBefore = loadavg()[0];
const sections: { readonly title: string; readonly rows: Measured[] }[] = [];
const groups = [
  gemmGroup(numpy),
  elementwiseGroup(numpy),
  factorizationsGroup(numpy),
  mttkrpGroup(numpy),
  trainingGroup(),
  fallbackGroup(numpy),
  threadsGroup(),
];
for (const group of groups) {
  const rows = await runGroup(group, only, rounds, numpy);
  if (rows.length > 0) sections.push({ title: group.title, rows });
}
numpy.stop();

const all = sections.flatMap(({ rows }) => rows);
console.log(plainTable(all));
for (const line of shortfalls(all)) console.log(`below its floor: ${line}`);
console.log(`${((performance.now() - begun) / 6e4).toFixed(1)} minutes`);
if (only === '') {
  const machine = { cpu: cpus()[0].model.trim(), cores: cpus().length, loads: [loadBefore, loadavg()[0]] };
  const versions = { Node: process.version, NumPy: numpy.version ?? 'absent', PyTorch: torch || 'absent' };
  writeFileSync('../docs/performance.md', page(sections, rounds, machine, versions));
}
// Threads that still wait for work would keep the process.
process.exit(0);
