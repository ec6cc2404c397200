import { median } from '../median.js';
import { decisionOf } from './decisions.js';
import type { Row } from './row.js';
import { type Figure, type Measured, speedRatio } from './run.js';

const columns = [
  'case',
  'ours, kernel',
  'ours, public',
  'peer',
  'its figure',
  'kernel / peer',
  'public / peer',
  'reach',
  'met',
];

/** A row and what was measured for it. */
export type Result = readonly [Row, Measured];

/** One line a comparison; the case and our own figures stand in the first line of a row only. */
export function tableLines([row, { kernel, api, peers }]: Result): string[][] {
  const show = (figure: Figure | undefined): string => (figure === undefined ? '' : showFigure(figure, row.flops));
  const counts = kernel ?? api;
  const lines: string[][] = [];
  if (row.atMost !== undefined && counts !== undefined && typeof counts !== 'string') {
    lines.push(['', '', '', '', row.atMost.text, verdict(median(counts) <= row.atMost.ms)]);
  }
  for (const [name, figure] of Object.entries(peers)) {
    const floor = row.floors[name];
    const ratio = speedRatio(counts, figure);
    const met = floor === undefined || ratio === undefined ? '' : verdict(ratio >= floor.speed);
    const ratios = [kernel, api].map((own) => speedRatio(own, figure)?.toPrecision(3) ?? '');
    lines.push([name, show(figure), ...ratios, floor?.text ?? '', met]);
  }
  if (lines.length === 0) lines.push(['', '', '', '', '', '']);
  return lines.map((line, i) => {
    const own = i === 0 ? [row.name, show(kernel), show(api)] : ['', '', ''];
    return [...own, ...line];
  });
}

const verdict = (met: boolean): string => (met ? 'yes' : '**no**');

/** Median and range, in GFLOP/s where the operations are known, else as a time. */
function showFigure(figure: Figure, flops: number | undefined): string {
  if (typeof figure === 'string') return `not run: ${figure}`;
  if (flops !== undefined) {
    const speeds = figure.map((ms) => flops / ms / 1e6);
    return `${range(speeds)} GFLOP/s`;
  }
  const micro = median(figure) < 0.1;
  return micro ? `${range(figure.map((ms) => 1e3 * ms))} µs` : `${range(figure)} ms`;
}

function range(values: readonly number[]): string {
  const short = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
  const middle = short(median(values));
  return values.length === 1 ? middle : `${middle} (${short(Math.min(...values))}–${short(Math.max(...values))})`;
}

/** Rows with a floor that was not reached, each with the page that says what was tried. */
export function shortfalls(measured: readonly Result[]): string[] {
  return measured.flatMap((result) => {
    const lines = tableLines(result);
    const [{ name }] = result;
    if (!lines.some((line) => line.at(-1)?.includes('no'))) return [];
    const page = decisionOf(name);
    return [page === undefined ? `${name}: no page yet` : `${name}: see [${page}](decisions/${page}.md)`];
  });
}

export function markdownTable(measured: readonly Result[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...measured.flatMap(tableLines).map(line)];
}

/** The same with columns of even width, for a terminal. */
export function plainTable(measured: readonly Result[]): string {
  const lines = [columns, ...measured.flatMap(tableLines)];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
