import type { DiscoverReport, ModelSummary } from '@neuronseek/search';
import { formatNumber } from '../format-number.js';
import { formatSeconds } from '../format-seconds.js';
import { dataSection } from './data-section.js';
import { escapeMarkup } from './escape-markup.js';
import { formulaSection } from './formula-section.js';
import { learningSection } from './learning-section.js';
import { searchSection } from './search-section.js';
import { STYLE } from './style.js';
import { table } from './table.js';

/** Options of `renderHtml`. */
export interface HtmlOptions {
  /** Name of the file the data came from, for the first line; default: not named. */
  readonly source?: string;
}

/**
 * A report as one HTML page: no script, no external resource, every text of the data escaped; well-formed XML too.
 *
 * The page's content security policy forbids whatever could load or run. Cost: linear in the report; the traces and the
 * predictions are most of it.
 */
export function renderHtml(report: DiscoverReport, options: HtmlOptions = {}): string {
  const title = `A neuron for ${report.target}`;
  const body = [
    header(report, title, options.source),
    formulaSection(report),
    searchSection(report),
    learningSection(report),
    modelsSection(report),
    dataSection(report),
    `<footer>NeuronSeek ${report.task}, seed ${report.seed}. ${escapeMarkup(times(report))}</footer>`,
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<title>${escapeMarkup(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body.join('\n')}
</body>
</html>
`;
}

function header(report: DiscoverReport, title: string, source: string | undefined): string {
  const { data, models, search, remarks } = report;
  const [found, ...others] = models;
  const from = source === undefined ? '' : ` of ${source}`;
  const lede = `Searched and trained on ${formatNumber(data.train)} rows${from}, chosen on ${formatNumber(data.validation)}, tested on ${formatNumber(data.test)} that took no part in either.`;
  const figures: [name: string, value: string, small: string][] = [];
  if (found !== undefined) {
    figures.push([errorName(found), formatNumber(found.error), comparison(others)]);
    figures.push([scoreName(found), formatNumber(found.score), 'on the test rows']);
    figures.push(['Parameters', formatNumber(found.parameters), 'of the network']);
  }
  figures.push(
    search.method === 'als'
      ? ['Terms found', formatNumber(search.terms.length), 'each beyond what noise gains']
      : [
          'Terms kept',
          `${search.terms.filter(({ kept }) => kept).length} of ${search.terms.length}`,
          'of the candidates',
        ],
  );
  figures.push([
    'Time',
    formatSeconds(report.seconds.total),
    `${formatSeconds(report.seconds.search)} of it searching`,
  ]);
  const list = figures.map(
    ([name, value, small]) =>
      `<div><dt>${escapeMarkup(name)}</dt><dd>${escapeMarkup(minus(value))}<small>${escapeMarkup(small)}</small></dd></div>`,
  );
  const notes = remarks.map((remark) => `<li>${escapeMarkup(remark)}</li>`).join('');
  return `<header>
<p class="kicker">NeuronSeek ${report.task}</p>
<h1>${escapeMarkup(title)}</h1>
<p class="lede">${escapeMarkup(lede)}</p>
<div class="formula"><p class="structure">${escapeMarkup(report.formula.structure)}</p><p class="note">The shape of the neuron, its weights left open.</p></div>
<dl class="figures">${list.join('')}</dl>
${notes === '' ? '' : `<ul class="remarks" aria-label="Remarks">${notes}</ul>`}
</header>`;
}

function modelsSection({ models }: DiscoverReport): string {
  const [first] = models;
  if (first === undefined) return '';
  const best = Math.min(
    ...models.map((model) => (Number.isFinite(model.error) ? model.error : Number.POSITIVE_INFINITY)),
  );
  const rows = table<ModelSummary>(
    models,
    [
      { head: 'Model', className: 'name', text: (model) => model.name },
      {
        head: errorName(first),
        className: 'number',
        text: (model) => formatNumber(model.error),
        before: (model) => (model.error === best ? '<span class="mark">best</span> ' : ''),
      },
      { head: scoreName(first), className: 'number', text: (model) => minus(formatNumber(model.score)) },
      { head: 'Parameters', className: 'number', text: (model) => formatNumber(model.parameters) },
      { head: 'Time', className: 'number', text: (model) => formatSeconds(model.seconds) },
      { head: 'Note', className: 'wide', text: (model) => model.note },
    ],
    (_, index) => (index === 0 ? 'first' : ''),
  );
  return `<section><h2>Against other models</h2><p>All models were fitted to the same rows and scored on the same test rows.</p>${rows}</section>`;
}

function comparison(others: readonly ModelSummary[]): string {
  const [best] = others.filter((model) => Number.isFinite(model.error)).sort((a, b) => a.error - b.error);
  return best === undefined ? 'on the test rows' : `best other: ${formatNumber(best.error)} (${best.name})`;
}

function errorName(model: ModelSummary): string {
  return model.metric === 'rmse' ? 'Test RMSE' : 'Test error rate';
}

function scoreName(model: ModelSummary): string {
  return model.scoreName === 'accuracy' ? 'Accuracy' : model.scoreName;
}

function times({ seconds }: DiscoverReport): string {
  return `Search ${formatSeconds(seconds.search)}, training ${formatSeconds(seconds.training)}, all together ${formatSeconds(seconds.total)}.`;
}

/** Typographic minus signs: the text of a formatted number only. */
function minus(text: string): string {
  return text.replaceAll('-', '−');
}
