import { median } from '../median.js';
import type { Case, Outcome } from './cases.js';
import type { Run as PeerRun } from './peer.js';
import type { Exponent } from './scaling.js';

/** A case and what both sides took and came to. */
export interface Measured {
  readonly row: Case;
  readonly ours: readonly number[];
  readonly outcome: Outcome;
  readonly theirs: readonly number[];
  readonly peer: PeerRun | undefined;
}

/** Which page of docs/decisions says what was tried, for cases that stay below what was aimed at; by the beginning of the name. */
const decisions: Readonly<Record<string, string>> = {
  cpWeighted: '0019-decompositions',
};

interface Extras {
  readonly memory?: { readonly tensor: number; readonly extra: number };
  readonly exponents?: readonly Exponent[];
  /** Milliseconds of sixteen restarts of cp on 100³, on one thread and on two. */
  readonly restarts?: { readonly one: readonly number[]; readonly two: readonly number[] };
}

interface Run {
  readonly rounds: number;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly loads: readonly number[] };
  readonly versions: string;
}

/** The part of docs/performance.md that is about decompositions. */
export function page(measured: readonly Measured[], extras: Extras, { rounds, machine, versions }: Run): string {
  const short = measured.filter((m) => verdicts(m, measured).includes(false)).map(({ row }) => row.name);
  return [
    '## Decompositions',
    '',
    'Written by `npm run bench:decomposition`; not edited by hand.',
    '',
    `${machine.cpu}, ${machine.cores} cores; ${versions}. ${new Date().toISOString().slice(0, 10)}.`,
    `Load of the machine before and after: ${machine.loads.map((load) => load.toFixed(1)).join(', ')}; the run itself is 1.`,
    '',
    `Both sides take turns, ${rounds} rounds after one that is not counted, one thread each; figures are medians with their ranges, ratios are of medians. NumPy`,
    'runs textbook ALS, HOOI and TT-SVD on inputs of the stated rank with 10 % noise; our calls are public functions with their default options.',
    '',
    '| case | ours | NumPy | ours / NumPy | reach | our error | its error | met |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...measured.map((m) => line(m, measured)),
    ...(extras.memory === undefined ? [] : memoryLines(extras.memory)),
    ...(extras.restarts === undefined ? [] : restartLines(extras.restarts)),
    ...(extras.exponents === undefined ? [] : exponentLines(extras.exponents)),
    '',
    ...(short.length === 0 ? ['Everything that was aimed at is met.'] : short.map(shortfall)),
  ].join('\n');
}

function line(m: Measured, all: readonly Measured[]): string {
  const { row, ours, outcome, theirs, peer } = m;
  const other = all.find(({ row: { name } }) => name === row.against?.name);
  const ratio =
    peer !== undefined
      ? (median(ours) / median(theirs)).toPrecision(3)
      : other !== undefined
        ? `${(median(ours) / median(other.ours)).toPrecision(3)} × ${row.against?.name.split(',')[0]} of the same size`
        : '';
  const note = outcome.note === undefined ? '' : `, ${outcome.note}`;
  const met = verdicts(m, all);
  const cells = [
    row.name,
    `${range(ours)} ms`,
    peer === undefined ? '' : `${range(theirs)} ms`,
    ratio,
    reach(row),
    `${outcome.relativeError.toPrecision(4)}${note}`,
    peer === undefined ? '' : peer.relativeError.toPrecision(4),
    met.length === 0 ? '' : met.every(Boolean) ? 'yes' : '**no**',
  ];
  return `| ${cells.join(' | ')} |`;
}

function reach({ ratio, atMost, against, error, errorRatio }: Case): string {
  return [
    ratio === undefined ? '' : `≤ ${ratio}`,
    atMost === undefined ? '' : `≤ ${atMost} ms`,
    against === undefined ? '' : `≤ ${against.times} × unmasked`,
    error === undefined ? '' : `error ≤ ${error.toPrecision(4)}`,
    errorRatio === undefined ? '' : `error ≤ ${errorRatio} × its`,
  ]
    .filter((text) => text !== '')
    .join(', ');
}

/** Whether each thing that was aimed at is met. */
function verdicts({ row, ours, outcome, theirs, peer }: Measured, all: readonly Measured[]): boolean[] {
  const { ratio, atMost, against, error, errorRatio } = row;
  const other = all.find(({ row: { name } }) => name === against?.name);
  return [
    ratio === undefined || peer === undefined ? undefined : median(ours) <= ratio * median(theirs),
    atMost === undefined ? undefined : median(ours) <= atMost,
    against === undefined || other === undefined ? undefined : median(ours) <= against.times * median(other.ours),
    error === undefined ? undefined : outcome.relativeError <= error,
    errorRatio === undefined || peer === undefined
      ? undefined
      : outcome.relativeError <= errorRatio * peer.relativeError,
  ].filter((verdict) => verdict !== undefined);
}

function memoryLines({ tensor, extra }: { tensor: number; extra: number }): string[] {
  const ratio = extra / tensor;
  return [
    '',
    `Peak extra memory of \`cp\` on 200³, rank 20: ${extra.toFixed(0)} MiB beside a tensor of ${tensor.toFixed(0)} MiB, ${ratio.toFixed(2)} times its size (reach: 1.5; ${ratio <= 1.5 ? 'met' : '**not met**'}).`,
  ];
}

function restartLines({ one, two }: { one: readonly number[]; two: readonly number[] }): string[] {
  const ratio = median(one) / median(two);
  return [
    '',
    `Sixteen restarts of \`cp\` on 100³, rank 10 (\`cpRestarts\`): ${range(one)} ms on one thread, ${range(two)} ms on two, ${ratio.toFixed(2)} times as fast (reach: 1.6; ${ratio >= 1.6 ? 'met' : '**not met**'}).`,
  ];
}

function exponentLines(list: readonly Exponent[]): string[] {
  return [
    '',
    'How the cost of a sweep of `cpAls` grows, a power fitted to four sizes:',
    '',
    '| with | exponent | theory |',
    '| --- | --- | --- |',
    ...list.map(({ what, fitted, theory }) => `| ${what} | ${fitted.toFixed(2)} | ${theory} |`),
  ];
}

function shortfall(name: string): string {
  const found = Object.keys(decisions).find((beginning) => name.startsWith(beginning));
  return found === undefined
    ? `* below what was aimed at: ${name}`
    : `* below what was aimed at: ${name}, see [${decisions[found]}](decisions/${decisions[found]}.md)`;
}

function range(values: readonly number[]): string {
  const short = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
  return `${short(median(values))} (${short(Math.min(...values))}–${short(Math.max(...values))})`;
}
