import { escapeMarkup } from '../escape-markup.js';
import { at, CHARACTER, svgElement } from './frame.js';

/** Options of `confusionChart`. */
export interface ConfusionChartOptions {
  readonly title: string;
  readonly classes: readonly string[];
  /** Indices into `classes`; the two run in parallel. */
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
}

/** Cells smaller than this hold no legible number; it still stands in their tooltips. */
const LEGIBLE = 24;
const LONGEST = 14;

/** Confusion matrix as an SVG element: a row a true class, a column a predicted one, shaded by the share of the row. */
export function confusionChart(options: ConfusionChartOptions): string {
  const { classes, actual, predicted } = options;
  const count = Math.max(classes.length, 1);
  const counts = classes.map(() => classes.map(() => 0));
  let right = 0;
  actual.forEach((truth, i) => {
    const guess = predicted[i] ?? -1;
    const row = counts[truth];
    if (row?.[guess] === undefined) return;
    row[guess]++;
    if (truth === guess) right++;
  });
  const names = classes.map((name) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name));
  const longest = Math.max(3, ...names.map((name) => name.length)) * CHARACTER;
  const cell = Math.min(90, Math.max(12, (440 - longest) / count));
  const left = longest + 12;
  const upright = longest > cell - 4;
  const top = 44 + (upright ? longest : 14);
  const parts: string[] = [
    `<text x="2" y="14">true class in rows, predicted in columns</text>`,
    ...names.flatMap((name, i) => {
      const middle = top + (i + 0.5) * cell;
      const h = at(left + (i + 0.5) * cell);
      const v = at(top - 8);
      const turn = upright
        ? ` text-anchor="start" transform="rotate(-90 ${h} ${v})" dy="0.35em"`
        : ' text-anchor="middle"';
      return [
        `<text x="${at(left - 8)}" y="${at(middle)}" dy="0.35em" text-anchor="end">${escapeMarkup(name)}</text>`,
        `<text x="${h}" y="${v}"${turn}>${escapeMarkup(name)}</text>`,
      ];
    }),
  ];
  counts.forEach((row, i) => {
    const total = row.reduce((sum, n) => sum + n, 0);
    row.forEach((n, j) => {
      const share = total === 0 ? 0 : n / total;
      const [x, y] = [left + j * cell, top + i * cell];
      const tip = `${classes[i]} taken for ${classes[j]}: ${n} of ${total}`;
      parts.push(
        `<g><title>${escapeMarkup(tip)}</title><rect x="${at(x + 1)}" y="${at(y + 1)}" width="${at(cell - 2)}" height="${at(cell - 2)}" rx="2" style="fill:var(--accent,#2f6fbd)" fill-opacity="${at(share * 0.9) === '0' && n > 0 ? 0.05 : (share * 0.9).toFixed(2)}"/>`,
        `<rect x="${at(x + 1)}" y="${at(y + 1)}" width="${at(cell - 2)}" height="${at(cell - 2)}" rx="2" fill="none" stroke="currentColor" stroke-opacity="0.18"/>`,
      );
      if (cell >= LEGIBLE && n > 0) {
        const paint = share > 0.5 ? 'style="fill:var(--on-accent,#fff)"' : '';
        parts.push(
          `<text x="${at(x + cell / 2)}" y="${at(y + cell / 2)}" dy="0.35em" text-anchor="middle" ${paint}>${n}</text>`,
        );
      }
      parts.push('</g>');
    });
  });
  const width = Math.max(left + count * cell + 4, 460);
  const description = `${right} of ${actual.length} test rows on the diagonal.`;
  return svgElement(width, top + count * cell + 6, options.title, description, parts.join(''));
}
