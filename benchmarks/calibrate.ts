/**
 * Measures from which sizes on kernels should use another variant, on this machine, and writes packages/tensor/src/kernels/thresholds.ts. Both
 * variants take turns at every size; see kernels/crossover.ts for how the size is found. Prints what stood there before. Takes a minute or two;
 * nothing else should run. Environment: ONLY (numbers whose name, like gemm.wasm, has this text; the others stay), DRY (1: writes nothing).
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { thresholds } from '../packages/tensor/src/kernels/thresholds.js';
import { configure } from '../packages/tensor/src/parallel/settings.js';
import { type Calibration, calibrations } from './kernels/calibrations.js';
import { type Comparison, compare, crossover } from './kernels/crossover.js';
import { releaseResidents } from './kernels/data.js';
import { type Entry, thresholdsText } from './kernels/thresholds-text.js';

const only = process.env.ONLY ?? '';
const file = new URL('../packages/tensor/src/kernels/thresholds.ts', `file://${process.cwd()}/`);

/** The numbers the kernels read, a group after the other: this script turns them to make a kernel take one variant or the other. */
const live = new Map(Object.entries(thresholds).map(([group, numbers]) => [group, numbers as Record<string, number>]));

/** Whether the kernel asks for the number at all. */
function isRead({ group, name, sizes, call }: Calibration): boolean {
  const numbers = live.get(group);
  const value = numbers?.[name];
  if (numbers === undefined || value === undefined) return false;
  let reads = 0;
  const property = { configurable: true, enumerable: true };
  Object.defineProperty(numbers, name, { ...property, get: () => ++reads && value });
  call(sizes[sizes.length - 1]).f();
  Object.defineProperty(numbers, name, { ...property, value, writable: true });
  return reads > 0;
}

function measure(calibration: Calibration): { readonly found: number; readonly comparisons: readonly Comparison[] } {
  const { group, name, sizes, call, worth = 0, held = {}, threads = 1 } = calibration;
  const numbers = live.get(group) ?? {};
  const before = { ...numbers };
  Object.assign(numbers, held);
  configure({ threads });
  const comparisons = sizes.map((size) => {
    const { count, f } = call(size);
    return compare(count, f, (above) => {
      numbers[name] = above ? 0 : Infinity;
    });
  });
  configure({ threads: 1 });
  Object.assign(numbers, before);
  releaseResidents();
  return { found: crossover(comparisons, worth), comparisons };
}

const micro = (ms: number): string => `${(1e3 * ms).toPrecision(3)} µs`;
const entries: Entry[] = [];
for (const calibration of calibrations) {
  const { group, name, doc, initial, threads = 1 } = calibration;
  const before = live.get(group)?.[name] ?? initial;
  const label = `${group}.${name}`;
  let value = before;
  let measured = false;
  if (!label.includes(only)) console.log(`${label}: ${before}, not asked for`);
  else if (threads > availableParallelism()) console.log(`${label}: ${before}, not measured: one core`);
  else if (!isRead(calibration)) console.log(`${label}: ${before}, not measured: no kernel reads it`);
  else {
    const { found, comparisons } = measure(calibration);
    for (const { size, below, above } of comparisons) {
      console.log(`  ${size}: ${micro(below)} below, ${micro(above)} above, ratio ${(above / below).toFixed(2)}`);
    }
    value = found;
    measured = true;
    console.log(`${label}: ${before} before, ${found} now`);
  }
  entries.push({ group, name, doc, value, measured });
}

const date = new Date().toISOString().slice(0, 10);
const text = thresholdsText(
  entries,
  `${cpus()[0].model.trim()}, ${cpus().length} cores; Node ${process.version}; ${date}.`,
);
if (process.env.DRY === '1') console.log(text);
else writeFileSync(file, text);
// Threads that still wait for work would keep the process.
process.exit(0);
