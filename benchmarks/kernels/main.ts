/**
 * The kernels and their peers: NumPy, PyTorch, numpy-ts, tfjs with its WebAssembly backend, ml-matrix and ndarray-ops. Prints the table and writes
 * its part of docs/performance.md, unless only some rows were asked for. Runs on sources, bundled: kernels are not public. Environment: ROUNDS (default 5), ONLY
 * (rows whose name has this text), PYTHON (default /usr/bin/python3, Debian's python3-numpy and python3-torch).
 *
 * Each section runs in a process of its own, this program again: what the compiler learns from float32 tensors, say, is then no burden to others.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { configure } from '../../packages/tensor/src/parallel/settings.js';
import { writePart } from '../document-part.js';
import { startGroups } from './groups.js';
import { page } from './page.js';
import { plainTable, type Result, shortfalls } from './render.js';
import type { Group } from './row.js';
import { chosenRows, type Measured, runRows } from './run.js';

const rounds = Number(process.env.ROUNDS ?? 5);
const only = process.env.ONLY ?? '';
const python = process.env.PYTHON ?? '/usr/bin/python3';
const section = process.env.BENCH_SECTION;

/** Measures one section in a process of its own; its last line is the answer. */
function measured(index: number): Measured[] {
  const run = spawnSync(process.execPath, [fileURLToPath(import.meta.url)], {
    encoding: 'utf8',
    env: { ...process.env, BENCH_SECTION: String(index) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = run.stdout.trim().split('\n').at(-1);
  if (run.status === 0 && line) return JSON.parse(line);
  console.log(`a section failed: ${run.error?.message ?? `status ${run.status}`}`);
  return [];
}

/** Versions of packages, as they are installed. */
function installed(...names: readonly string[]): Record<string, string> {
  const version = (name: string): string =>
    JSON.parse(readFileSync(`../node_modules/${name}/package.json`, 'utf8')).version;
  return Object.fromEntries(names.map((name) => [name, version(name)]));
}

function runAll(groups: readonly Group[], numpy: string): void {
  const begun = performance.now();
  const load = loadavg()[0];
  const torch = spawnSync(python, ['-c', 'import torch; print(torch.__version__)'], { encoding: 'utf8' });
  const sections = groups.flatMap((group, index) => {
    const rows = chosenRows(group, only);
    if (rows.length === 0) return [];
    process.stderr.write(`${group.title} `);
    const figures = measured(index);
    return [{ title: group.title, rows: figures.map((figure, i): Result => [rows[i], figure]) }];
  });
  const all = sections.flatMap(({ rows }) => rows);
  console.log(plainTable(all));
  for (const line of shortfalls(all)) console.log(`below what was aimed at: ${line}`);
  console.log(`${((performance.now() - begun) / 6e4).toFixed(1)} minutes`);
  if (only !== '') return;
  const machine = { cpu: cpus()[0].model.trim(), cores: cpus().length, loads: [load, loadavg()[0]] };
  const versions = {
    Node: process.version,
    NumPy: numpy,
    PyTorch: torch.stdout?.trim() || 'absent',
    ...installed('numpy-ts', '@tensorflow/tfjs-backend-wasm', 'ml-matrix', 'ndarray-ops'),
  };
  writePart('../docs/performance.md', 'kernels', page(sections, rounds, machine, versions));
}

configure({ threads: 1 });
const { groups, numpy, stop } = await startGroups(python);
if (section === undefined) {
  stop();
  runAll(groups, numpy);
} else {
  console.log(JSON.stringify(await runRows(chosenRows(groups[Number(section)], only), rounds)));
  stop();
}
// Threads that still wait for work would keep the process.
process.exit(0);
