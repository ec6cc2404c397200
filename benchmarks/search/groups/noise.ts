import { type AnyGroup, closed } from '../group.js';
import { detail, table } from '../markdown.js';
import { type RecoveryRow, recoverAll } from '../recover.js';
import { recoveryTables } from '../recovery-tables.js';
import { type Part, summariesOf, trialsOf } from './recovery.js';

const parts: readonly Part[] = [
  { variant: 'noise 1 %', draw: { noise: 0.01 }, least: 45 },
  { variant: 'noise 5 %', draw: { noise: 0.05 }, least: 44 },
  { variant: 'noise 10 %', draw: { noise: 0.1 }, least: 43 },
];

/** Noise added to the standardised target, with the evidence for every term. */
export const noiseGroup: AnyGroup = closed<readonly RecoveryRow[]>({
  name: 'noise',
  title: 'Added noise, D = 10',
  run: async (context) =>
    recoverAll(
      parts.flatMap((part) => trialsOf(part, context.seeds)),
      context,
    ),
  summarise: (rows) => summariesOf(parts, rows),
  show: (rows) => [
    'Noise of this share of the deviation of y is added to training and test rows.',
    '',
    ...recoveryTables(rows),
    '',
    'Evidence: by how much the deviance n·ln(RSS/n) rises when a term is taken away and the rest is fitted again (of an interaction, one product), beside what a',
    'term of this kind gains in noise at most, nearly always. The least of the gains over the seeds; gain / noise must be above 1.',
    '',
    ...detail('Evidence for every term that was found', evidenceTable(rows)),
  ],
});

/** A line for every target and term, a pair of columns for every share of noise. */
function evidenceTable(rows: readonly RecoveryRow[]): string[] {
  const lines = new Map<string, Map<string, { gains: number[]; noise: number }>>();
  for (const { name, variant, truth, evidence = [] } of rows) {
    for (const { stream, order, gain, noise } of evidence) {
      const term = `${stream === 'power' ? 'P' : 'I'}${order}`;
      const line = `${name}: ${term}${truth.split(/[ ×]/).includes(term) ? '' : ' (false)'}`;
      const cells = lines.get(line) ?? new Map<string, { gains: number[]; noise: number }>();
      const cell = cells.get(variant) ?? { gains: [], noise };
      cell.gains.push(gain);
      lines.set(line, cells.set(variant, cell));
    }
  }
  const variants = parts.map(({ variant }) => variant);
  return table(
    ['target: term', ...variants.flatMap((variant) => [`gain, ${variant} (times found)`, 'gain / noise'])],
    [...lines].map(([line, cells]) => [
      line,
      ...variants.flatMap((variant) => {
        const cell = cells.get(variant);
        if (cell === undefined) return ['not found', ''];
        const least = Math.min(...cell.gains);
        return [`${least.toFixed(0)} (${cell.gains.length})`, (least / cell.noise).toPrecision(3)];
      }),
    ]),
  );
}
