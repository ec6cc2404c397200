/**
 * Decompositions beside NumPy's: the functions of ../../shared/peers/numpy_decompositions.py on its own inputs, one thread each, in turn. Prints the
 * tables and writes its part of docs/performance.md, unless only some cases were asked for. Environment: ROUNDS (default 7), ONLY (cases whose
 * name has this text), PYTHON (default /usr/bin/python3, Debian's python3-numpy), PEER (the script).
 */
import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { configure } from '@neuronseek/tensor/parallel';
import { writePart } from '../document-part.js';
import { median } from '../median.js';
import { allCases, type Case } from './cases.js';
import { type Measured, page } from './page.js';
import { type Peer, startPeer } from './peer.js';
import { exponents } from './scaling.js';
import { restartTimes } from './threads.js';

const rounds = Number(process.env.ROUNDS ?? 7);
const only = (process.env.ONLY ?? '').toLowerCase();

async function measure(row: Case, peer: Peer): Promise<Measured> {
  let outcome = row.ours();
  let run = row.peer && (await peer.run(row.peer.call));
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    outcome = row.ours();
    ours.push((performance.now() - begun) / (row.times ?? 1));
    if (row.peer === undefined) continue;
    run = await peer.run(row.peer.call);
    theirs.push(run.ms / (row.peer.times ?? 1));
  }
  process.stderr.write('.');
  return { row, ours, outcome, theirs, peer: run };
}

/** Peak extra memory of cp, from a process of its own. */
function memory(): { readonly tensor: number; readonly extra: number } {
  const script = fileURLToPath(new URL('memory.ts', import.meta.url));
  const run = spawnSync(process.execPath, ['--expose-gc', '--import', 'tsx', script], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`memory: ${run.stderr}`);
  return JSON.parse(run.stdout);
}

configure({ threads: 1 });
const load = loadavg()[0];
const peer = await startPeer(
  process.env.PYTHON ?? '/usr/bin/python3',
  process.env.PEER ?? '../../shared/peers/numpy_decompositions.py',
);
if (typeof peer === 'string') {
  console.log(`not run: ${peer}`);
  process.exit(1);
}
const rows = (await allCases(peer)).filter(({ name }) => name.toLowerCase().includes(only));
const measured: Measured[] = [];
for (const row of rows) measured.push(await measure(row, peer));
peer.stop();
process.stderr.write('\n');
const machine = { cpu: cpus()[0].model.trim(), cores: cpus().length, loads: [load, loadavg()[0]] };
const text = page(
  measured,
  only === '' ? { memory: memory(), exponents: exponents(), restarts: await restartTimes(rounds) } : {},
  {
    rounds,
    machine,
    versions: `Node ${process.version}, NumPy ${peer.version}`,
  },
);
console.log(text);
console.log(`median of ours, ms: ${measured.map(({ ours }) => median(ours).toPrecision(3)).join(', ')}`);
if (only === '') writePart('../docs/performance.md', 'decompositions', text);
process.exit(0);
