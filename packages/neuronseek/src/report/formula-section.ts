import type { DiscoverReport } from '@neuronseek/search';
import { formatNumber } from '../format-number.js';
import { bar } from './bar.js';
import { escapeMarkup } from './escape-markup.js';
import { table } from './table.js';

/** Rows shown before the rest goes into a fold. */
const SHOWN = 12;

type Monomial = DiscoverReport['formula']['monomials'][number];

/** The neuron written out: expanded formula, its monomials by weight, and what the inputs are standardised by. */
export function formulaSection({ formula, target }: DiscoverReport): string {
  // One line an output; a line may break before a sign, not after it.
  const lines = formula.expanded.replace(/ ([+−-]) /g, ' $1\u00a0').split('\n');
  const parts = lines.map((line) => `<p class="expanded">${escapeMarkup(line)}</p>`);
  if (formula.monomials.length > 0) {
    parts.push(`<h3>Largest monomials</h3>${monomials(formula.monomials.slice(0, SHOWN))}`);
    parts.push(
      fold(formula.monomials.length - SHOWN, 'smaller monomials', () => monomials(formula.monomials.slice(SHOWN))),
    );
  }
  if (formula.where.length > 0) {
    parts.push(`<h3>Where</h3>${sentences(formula.where.slice(0, SHOWN))}`);
    parts.push(fold(formula.where.length - SHOWN, 'more', () => sentences(formula.where.slice(SHOWN))));
  }
  return `<section><h2>The neuron fitted to ${escapeMarkup(target)}</h2>${parts.join('')}</section>`;
}

function monomials(list: readonly Monomial[]): string {
  const rows = table<Monomial>(list, [
    { head: 'Monomial', className: 'name', text: (monomial) => monomial.text },
    {
      head: 'Coefficient',
      className: 'number',
      text: (monomial) => formatNumber(monomial.coefficient).replaceAll('-', '−'),
    },
    {
      head: 'Share of variance',
      className: 'number',
      text: (monomial) => `${formatNumber(100 * monomial.variance, 3)} %`,
      after: (monomial) => bar(monomial.variance),
    },
  ]);
  return `<div class="narrow">${rows}</div>`;
}

function sentences(list: readonly string[]): string {
  return `<ul class="columns">${list.map((sentence) => `<li>${escapeMarkup(sentence)}</li>`).join('')}</ul>`;
}

function fold(count: number, what: string, content: () => string): string {
  return count > 0 ? `<details><summary>${formatNumber(count)} ${what}</summary>${content()}</details>` : '';
}
