import type { AlsSummary, DiscoverReport, GatesSummary, ModelSummary } from '@neuronseek/search';
import { formatNumber } from '../format-number.js';
import { formatSeconds } from '../format-seconds.js';
import { align } from './align.js';
import { printable } from './printable.js';
import { wrap } from './wrap.js';

/** Options of `printReport`. */
export interface PrintOptions {
  /** Emphasis by escape sequences; default false. */
  readonly color?: boolean;
  /** Width of the terminal in characters, at least 40; default 80. */
  readonly width?: number;
  /** Files written, listed at the end; default none. */
  readonly files?: readonly string[];
}

/**
 * A report as text for the terminal: the formula, the verdict on each term, test errors beside the baselines, remarks, time
 * and files. Ends with a line feed. Control characters in names are replaced.
 */
export function printReport(report: DiscoverReport, options: PrintOptions = {}): string {
  const width = Math.max(40, options.width ?? 80);
  const bold = (text: string): string => (options.color ? `\u001b[1m${text}\u001b[22m` : text);
  const faint = (text: string): string => (options.color ? `\u001b[2m${text}\u001b[22m` : text);
  const prose = (text: string): string => wrap(printable(text), width, '  ', '    ');
  const { formula, data, seconds, models, remarks, target, task } = report;

  const blocks: string[] = [
    `${bold(`Neuron for ${printable(target)}`)} (${task}, seed ${report.seed})\n\n  ${bold(printable(formula.structure))}\n\n${expanded(formula.expanded, prose)}${where(formula.where, prose)}`,
    `${bold('Terms')}\n${terms(report, width, faint)}`,
    `${bold(`Errors on ${formatNumber(data.test)} test rows`)}\n${errors(models, bold)}`,
  ];
  if (remarks.length > 0) blocks.push(`${bold('Remarks')}\n${remarks.map(prose).join('\n')}`);
  blocks.push(
    wrap(
      `${formatSeconds(seconds.total)} in all: ${formatSeconds(seconds.search)} searching, ${formatSeconds(seconds.training)} training.`,
      width,
    ),
  );
  const files = options.files ?? [];
  if (files.length > 0) blocks.push(`${bold('Written')}\n${files.map((file) => `  ${printable(file)}`).join('\n')}`);
  return `${blocks.join('\n\n')}\n`;
}

/** One line an output; a line may break before a sign, not after it. */
function expanded(text: string, prose: (text: string) => string): string {
  return text
    .replace(/ ([+−-]) /g, ' $1\u00a0')
    .split('\n')
    .map(prose)
    .join('\n');
}

/** More standardised inputs than this are left to the files. */
const LISTED = 12;

function where(sentences: readonly string[], prose: (text: string) => string): string {
  if (sentences.length === 0) return '';
  const more = sentences.length - LISTED;
  const shown = sentences.slice(0, LISTED).map(prose);
  if (more > 0) shown.push(prose(`and ${formatNumber(more)} more, see the report`));
  return `\n\n  where\n${shown.join('\n')}`;
}

/** A line a term, its columns aligned, with the reason below; faint where the term was dropped. */
interface TermLine {
  readonly cells: readonly string[];
  readonly reason: string;
  readonly dropped: boolean;
}

function terms({ search }: DiscoverReport, width: number, faint: (text: string) => string): string {
  const lines = search.method === 'als' ? foundTerms(search.terms) : gatedTerms(search.terms);
  if (lines.length === 0) return '  none';
  const right = new Set(lines[0]?.cells.flatMap((_, i) => (i > (search.method === 'als' ? 1 : 2) ? [i] : [])));
  return align(
    lines.map(({ cells }) => [...cells]),
    right,
  )
    .map((line, i) => {
      const reason = wrap(printable(lines[i]?.reason ?? ''), width, '    ');
      const text = reason === '' ? `  ${line}` : `  ${line}\n${reason}`;
      return lines[i]?.dropped ? faint(text) : text;
    })
    .join('\n');
}

function foundTerms(list: AlsSummary['terms']): TermLine[] {
  return list.map(({ stream, order, rank, gain, noise, variance, reason }) => ({
    cells: [
      `${stream}, order ${order}`,
      stream === 'power' ? '' : `rank ${formatNumber(rank)}`,
      `gains ${formatNumber(gain, 4)}`,
      `noise ${formatNumber(noise, 4)}`,
      `${formatNumber(100 * variance, 3)} % of variance`,
    ],
    reason,
    dropped: false,
  }));
}

function gatedTerms(list: GatesSummary['terms']): TermLine[] {
  return list.map(({ stream, order, kept, probability, variance, reason }) => ({
    cells: [
      kept ? 'kept' : 'dropped',
      `${stream}, order ${order}`,
      `gate ${formatNumber(probability, 3)}`,
      `${formatNumber(100 * variance, 3)} % of variance`,
    ],
    reason,
    dropped: !kept,
  }));
}

function errors(models: readonly ModelSummary[], bold: (text: string) => string): string {
  const [first] = models;
  if (first === undefined) return '  none';
  const head = ['model', first.metric === 'rmse' ? 'RMSE' : first.metric, first.scoreName, 'parameters', 'time'];
  const rows = models.map((model) => [
    printable(model.name),
    formatNumber(model.error),
    formatNumber(model.score),
    formatNumber(model.parameters),
    formatSeconds(model.seconds),
  ]);
  return align([head, ...rows], new Set([1, 2, 3, 4]))
    .map((line, i) => `  ${i === 1 ? bold(line) : line}`)
    .join('\n');
}
