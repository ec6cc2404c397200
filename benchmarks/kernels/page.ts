import { markdownTable, type Result, shortfalls } from './render.js';

interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** Average load at the beginning and at the end. */
  readonly loads: readonly number[];
}

/** The part of docs/performance.md that is about kernels. */
export function page(
  sections: readonly { readonly title: string; readonly rows: readonly Result[] }[],
  rounds: number,
  { cpu, cores, loads }: Machine,
  versions: Readonly<Record<string, string>>,
): string {
  const peers = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const short = shortfalls(sections.flatMap(({ rows }) => rows));
  return [
    '## Kernels and compiled steps',
    '',
    'Written by `npm run bench:kernels`; not edited by hand.',
    '',
    `${cpu}, ${cores} cores; ${peers.join(', ')}. ${new Date().toISOString().slice(0, 10)}.`,
    `Load of the machine before and after: ${loads.map((load) => load.toFixed(1)).join(', ')}; the run itself is 1.`,
    '',
    `How it was measured: a section is one run of ${rounds} rounds in a process of its own. In a round all contestants of all rows take turns; NumPy waits in`,
    'a process beside, PyTorch is started in each. A round takes the median of three stretches of at least 12 ms, and what takes longer than 60 ms once.',
    'Figures are medians over the rounds, with their ranges in brackets; ratios are ratios of these medians. Code is warm. Everybody has one thread',
    '(`OPENBLAS_NUM_THREADS=1`), unless a row says otherwise.',
    '',
    '* *ours, kernel*: the kernel alone on arrays that stand in the memory of the WebAssembly kernels, as long computations keep theirs there. Factorizations',
    '  are called on ordinary arrays, which they copy themselves.',
    '* *ours, public*: the public function on ordinary tensors, a new tensor made for the result.',
    '* *its figure*: NumPy writes into an array that is there already wherever it can (`out=`). numpy-ts and tfjs keep their data in WebAssembly memory too, and',
    '  their results are disposed of. PyTorch is eager and in float32. tfjs-wasm has no threads in Node.',
    '* *kernel / peer*, *public / peer*: how many times as fast as the peer; above 1 ours is faster.',
    '* *reach*: what was aimed at, for the kernel where there is such a figure, else for the public function.',
    ...sections.flatMap(({ title, rows }) => ['', `### ${title}`, '', ...markdownTable(rows)]),
    '',
    '### Below what was aimed at',
    '',
    ...(short.length === 0 ? ['Nothing.'] : short.map((line) => `* ${line}`)),
    '',
  ].join('\n');
}
