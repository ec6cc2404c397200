/**
 * Matrix products: the variants of our kernel in plain loops and in WebAssembly, copies into and out of its memory included, beside
 * ml-matrix and NumPy (one thread). All by turns in one process tree; what is compared are the medians over the rounds. Runs on sources, since the
 * variants are not public. Environment: ROUNDS (default 5), PYTHON (default /usr/bin/python3, with numpy).
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { Matrix } from 'ml-matrix';
import type { FloatArray, Gemm } from '../packages/tensor/src/kernels/gemm/contract.js';
import { gemmTiled } from '../packages/tensor/src/kernels/gemm/tiled.js';
import { gemmWasm } from '../packages/tensor/src/kernels/gemm/wasm.js';
import { wasmRuntime } from '../packages/tensor/src/wasm/runtime.js';
import { workspaceBytes } from '../packages/tensor/src/wasm/workspace.js';
import { median } from './median.js';

/** m, n, k, and how A and B are stored: N as written, T as a view of the transpose. */
type Shape = readonly [m: number, n: number, k: number, layout: 'NN' | 'NT' | 'TN' | 'AᵀA'];

const cubes = [8, 16, 32, 64, 128, 256, 512, 1024].map((n): Shape => [n, n, n, 'NN']);
/** The products of an MLP 8-64-64-1 with 128 rows a batch, forward and backward; those with one column are another variant's. */
const mlp: readonly Shape[] = [
  [128, 64, 8, 'NN'],
  [128, 64, 64, 'NN'],
  [128, 64, 64, 'NT'],
  [64, 64, 128, 'TN'],
  [8, 64, 128, 'TN'],
];
/** Tall and narrow, and a Gram matrix, whose operands are one. */
const narrow: readonly Shape[] = [
  [20000, 8, 64, 'NN'],
  [20, 20, 10000, 'AᵀA'],
];
const shapes = [...cubes, ...mlp, ...narrow];

const rounds = Number(process.env.ROUNDS ?? 5);
const python = process.env.PYTHON ?? '/usr/bin/python3';
const flops = ([m, n, k]: Shape): number => 2 * m * n * k;
/** Calls between two looks at the clock: about 4 ms of the quickest variant, at least one. */
const repeats = (shape: Shape): number => Math.max(1, Math.round(1e8 / flops(shape) / (1 + 3000 / flops(shape))));

/** GFLOP/s of one variant in one round: the median of five, after as many calls that only warm up. */
function speed(shape: Shape, call: () => void): number {
  const count = Math.max(1, Math.round(repeats(shape) / 5));
  const times: number[] = [];
  for (let r = 0; r < 6; r++) {
    const begun = performance.now();
    for (let i = 0; i < count; i++) call();
    times.push((performance.now() - begun) / count);
  }
  return flops(shape) / median(times.slice(1)) / 1e6;
}

function ours(kernel: Gemm, [m, n, k, layout]: Shape, make: (length: number) => FloatArray): () => void {
  const [a, c] = [make(m * k), make(m * n)];
  const b = layout === 'AᵀA' ? a : make(k * n);
  const [aRow, aCol] = layout === 'TN' || layout === 'AᵀA' ? [1, m] : [k, 1];
  const [bRow, bCol] = layout === 'NT' ? [1, k] : [n, 1];
  return () => kernel(m, n, k, a, 0, aRow, aCol, b, 0, bRow, bCol, c, 0, n, false);
}

const wasm: Gemm = (...product) => gemmWasm(1, 0, 0, 0, ...product);

/** Makes arrays in the memory of the kernels out of ordinary ones. */
function resident(make: (length: number) => FloatArray): (length: number) => FloatArray {
  return (length) => {
    const array = make(length);
    const space = wasmRuntime.workspace(workspaceBytes(array.byteLength));
    if (space === undefined) throw new Error('gemm: no memory for the kernels');
    const copy = array instanceof Float64Array ? space.float64(length) : space.float32(length);
    copy.set(array);
    return copy;
  };
}

function mlMatrix([m, n, k, layout]: Shape): (() => void) | undefined {
  // Its matrices have no transposed views that mmul reads as such, and 512 cubed takes it a quarter of a second.
  if (layout !== 'NN' || m * n * k > 2 ** 25) return undefined;
  const fill = (rows: number, columns: number): Matrix =>
    new Matrix(
      Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => Math.sin(i * columns + j))),
    );
  const [a, b] = [fill(m, k), fill(k, n)];
  return () => {
    a.mmul(b);
  };
}

const program = `
import json, sys, time, numpy as np
out = []
for dtype in (np.float64, np.float32):
    for m, n, k, layout, count in json.loads(sys.argv[1]):
        a = np.sin(np.arange(m * k, dtype=dtype)).reshape((k, m) if layout in ('TN', 'AᵀA') else (m, k))
        b = np.sin(np.arange(k * n, dtype=dtype)).reshape((n, k) if layout == 'NT' else (k, n))
        a = a.T if layout in ('TN', 'AᵀA') else a
        b = b.T if layout == 'NT' else a.T if layout == 'AᵀA' else b
        times = []
        for r in range(6):
            begun = time.perf_counter()
            for i in range(count):
                a @ b
            times.append((time.perf_counter() - begun) / count)
        out.append(2 * m * n * k / np.median(times[1:]) / 1e9)
print(json.dumps(out))
`;

/** GFLOP/s for float64 and then float32, shape by shape, or undefined with the reason printed. */
function numpy(): readonly number[] | undefined {
  const sizes = shapes.map((shape) => [...shape, Math.max(1, Math.round(repeats(shape) / 5))]);
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1' };
  const run = spawnSync(python, ['-c', program, JSON.stringify(sizes)], { encoding: 'utf8', env });
  if (run.status === 0) return JSON.parse(run.stdout);
  console.log(`NumPy skipped: ${run.error?.message ?? run.stderr.trim().split('\n').at(-1)}`);
  return undefined;
}

interface Row {
  readonly shape: Shape;
  readonly dtype: string;
  readonly variants: ReadonlyMap<string, { readonly call: (() => void) | undefined; readonly speeds: number[] }>;
}

const entry = (call?: () => void): { call: (() => void) | undefined; speeds: number[] } => ({ call, speeds: [] });
const dtypes: readonly [string, (length: number) => FloatArray][] = [
  ['float64', (length) => Float64Array.from({ length }, (_, i) => Math.sin(i))],
  ['float32', (length) => Float32Array.from({ length }, (_, i) => Math.sin(i))],
];
const rows = dtypes.flatMap(([dtype, make]) =>
  shapes.map(
    (shape): Row => ({
      shape,
      dtype,
      variants: new Map([
        ['loops', entry(ours(gemmTiled, shape, make))],
        ['wasm', entry(ours(wasm, shape, make))],
        ['resident', entry(ours(wasm, shape, resident(make)))],
        ['ml-matrix', entry(dtype === 'float64' ? mlMatrix(shape) : undefined)],
        ['NumPy', entry()],
      ]),
    }),
  ),
);

for (let round = 0; round < rounds; round++) {
  for (const { shape, variants } of rows)
    for (const { call, speeds } of variants.values()) if (call !== undefined) speeds.push(speed(shape, call));
  numpy()?.forEach((value, i) => {
    rows[i].variants.get('NumPy')?.speeds.push(value);
  });
}

const show = (speeds: readonly number[]): string =>
  speeds.length === 0
    ? '–'
    : `${median(speeds).toFixed(1)} (${Math.min(...speeds).toFixed(1)}–${Math.max(...speeds).toFixed(1)})`;
const table = rows.map(({ shape, dtype, variants }) => {
  const [loops, copied, ...others] = [...variants.values()].map(({ speeds }) => speeds);
  const [m, n, k, layout] = shape;
  const cells = [show(loops), show(copied), (median(copied) / median(loops)).toFixed(1), ...others.map(show)];
  return `| ${dtype} [${m}, ${k}]·[${k}, ${n}] ${layout} | ${cells.join(' | ')} |`;
});
const text = [
  '# Matrix products',
  '',
  'GFLOP/s (2·m·n·k a product), one thread; medians over the rounds, ranges in brackets. `wasm` includes copying both operands into its memory',
  `and the result out of it, resident is on arrays that live there. T: a view of the transpose. ${rounds} rounds, all by turns. ${cpus()[0].model}, Node ${process.version},`,
  `${new Date().toISOString().slice(0, 10)}.`,
  '',
  '| | loops | wasm | wasm / loops | resident | ml-matrix | NumPy |',
  '|---|---|---|---|---|---|---|',
  ...table,
  '',
].join('\n');
console.log(text);
mkdirSync(new URL('./results/', import.meta.url), { recursive: true });
writeFileSync(new URL('./results/gemm.md', import.meta.url), text);
