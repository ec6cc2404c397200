import type { AlsSummary, FoundTermSummary } from '@neuronseek/search';
import { formatNumber } from '../format-number.js';
import { bar } from './bar.js';
import { escapeMarkup } from './escape-markup.js';
import { lineChart } from './svg/line-chart.js';
import { table } from './table.js';
import { termName } from './term-name.js';

type Step = AlsSummary['steps'][number];

/** The terms that were found with what speaks for each, how they do on held-out rows, and the steps that led to them. */
export function closedFormSection(search: AlsSummary): string {
  const parts = ['<h2>Which terms were found, and why</h2>'];
  if (search.terms.length > 0) parts.push(terms(search.terms));
  const sentences = [variables(search), confirmation(search), search.doubt ?? ''].filter((text) => text !== '');
  parts.push(...sentences.map((text) => `<p>${escapeMarkup(text)}</p>`), course(search));
  return `<section>${parts.join('')}</section>`;
}

function terms(list: AlsSummary['terms']): string {
  return table<FoundTermSummary>(list, [
    { head: 'Term', className: 'phrase', text: termName },
    { head: 'Rank', className: 'number', text: (term) => (term.stream === 'power' ? '' : formatNumber(term.rank)) },
    { head: 'Gain', className: 'number', text: (term) => number(term.gain) },
    { head: 'In noise', className: 'number', text: (term) => number(term.noise) },
    {
      head: 'Share of variance',
      className: 'number',
      text: (term) => `${formatNumber(100 * term.variance, 3)} %`,
      after: (term) => bar(term.variance),
    },
    { head: 'Why', className: 'wide', text: (term) => term.reason },
  ]);
}

function variables({ variables: names, terms: list }: AlsSummary): string {
  if (list.length === 0) return '';
  return `The neuron depends on ${names.length === 1 ? 'one input' : `${formatNumber(names.length)} inputs`}: ${names.join(', ')}.`;
}

function confirmation({ confirmation: found, tries, name }: AlsSummary): string {
  const ways = tries === 1 ? 'one search' : `${formatNumber(tries)} searches`;
  const how = tries === 0 ? '' : `Found by ${ways} (${name}).`;
  if (found === undefined) return how;
  const { heldOut, error, fitted } = found;
  return `${how} Fitted again without 15 % of the training rows, its loss is ${number(heldOut)} ± ${number(error)} on these and ${number(fitted)} on the others.`;
}

function course({ steps }: AlsSummary): string {
  if (steps.length === 0) return '';
  const chart = lineChart({
    title: 'Description length over the steps of the search',
    xLabel: 'step',
    yLabel: 'description length',
    names: 'none',
    yScale: 'linear',
    series: [
      {
        label: 'Description length',
        tone: 'accent',
        points: steps.map(({ score }, i): [number, number] => [i + 1, score]),
      },
    ],
  });
  const rows = table<Step>(steps, [
    { head: 'Best structure of the step', className: 'phrase', text: ({ structure }) => structure },
    { head: 'Deviance', className: 'number', text: ({ deviance }) => number(deviance) },
    { head: 'Description length', className: 'number', text: ({ score }) => number(score) },
  ]);
  return `<h3>The search, step by step</h3><div class="charts">
<figure>${chart}<figcaption>Description length of the best structure of each step: the deviance and what its terms have to earn. Less is better.</figcaption></figure>
</div><details><summary>${formatNumber(steps.length)} steps</summary>${rows}</details>`;
}

function number(value: number): string {
  return formatNumber(value, 4).replaceAll('-', '−');
}
