import type { GatesSummary, TermSummary } from '@neuronseek/search';
import { formatNumber } from '../format-number.js';
import { bar } from './bar.js';
import { escapeMarkup } from './escape-markup.js';
import { lineChart } from './svg/line-chart.js';
import { table } from './table.js';
import { termName } from './term-name.js';

/** The verdict of the gates on every candidate term, and the course of the search. */
export function gatesSection(search: GatesSummary): string {
  const rows = table<TermSummary>(
    search.terms,
    [
      { head: 'Term', className: 'phrase', text: termName },
      { head: 'Verdict', text: (term) => (term.kept ? 'kept' : 'dropped') },
      { head: 'Rank', className: 'number', text: (term) => (term.stream === 'power' ? '' : formatNumber(term.rank)) },
      {
        head: 'Gate open',
        className: 'number',
        text: (term) => formatNumber(term.probability, 3),
        after: (term) => bar(term.probability),
      },
      { head: 'Share of variance', className: 'number', text: (term) => `${formatNumber(100 * term.variance, 3)} %` },
      { head: 'Why', className: 'wide', text: (term) => term.reason },
    ],
    (term) => (term.kept ? 'kept' : 'dropped'),
  );
  return `<section><h2>Which terms were kept, and why</h2>${rows}${course(search)}</section>`;
}

function course({ trace, terms, name, epochs }: GatesSummary): string {
  if (trace.length === 0) return '';
  const loss = lineChart({
    title: 'Search loss over epochs',
    xLabel: 'epoch',
    yLabel: 'training loss',
    names: 'none',
    series: [{ label: 'Training loss', tone: 'accent', points: trace.map((step) => [step.epoch, step.loss]) }],
  });
  const gates = lineChart({
    title: 'Gate probabilities over epochs',
    xLabel: 'epoch',
    yLabel: 'probability that the gate is open',
    yBounds: [0, 1],
    yScale: 'linear',
    names: 'ends',
    series: terms.map((term, i) => ({
      label: termName(term),
      tone: term.kept ? 'accent' : 'muted',
      dashed: term.stream === 'interaction',
      points: trace.map((step) => [step.epoch, step.gates[i] ?? Number.NaN]),
    })),
  });
  const lambda = trace.reduce((most, step) => Math.max(most, step.lambda), 0);
  const final = trace.at(-1)?.loss ?? Number.NaN;
  return `<h3>The search, epoch by epoch</h3><div class="charts">
<figure>${loss}<figcaption>Mean training loss of the search by ${escapeMarkup(name)}: ${formatNumber(final)} after ${formatNumber(epochs)} epochs, the penalty on an open gate reaching ${formatNumber(lambda)}.</figcaption></figure>
<figure>${gates}<figcaption>One line a candidate: kept terms in colour, dropped ones in grey; the power stream solid, the interaction stream dashed.</figcaption></figure>
</div>`;
}
