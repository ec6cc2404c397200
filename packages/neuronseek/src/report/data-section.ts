import type { ColumnSummary, DiscoverReport } from '@neuronseek/search';
import { formatNumber } from '../format-number.js';
import { escapeMarkup } from './escape-markup.js';
import { table } from './table.js';

/** More columns than this are folded away. */
const UNFOLDED = 40;
/** Names of inputs listed for one column. */
const LISTED = 8;

/** What became of the table: rows, splits, and each column's way to the inputs. */
export function dataSection({ data, classes }: DiscoverReport): string {
  const without = data.rowsWithoutTarget;
  const missing =
    without === 0
      ? ''
      : ` ${formatNumber(without)} of them had no target and ${without === 1 ? 'was' : 'were'} left out.`;
  const split = `${formatNumber(data.train)} for training, ${formatNumber(data.validation)} for validation, ${formatNumber(data.test)} for the test`;
  const labels = classes.length === 0 ? '' : ` Classes: ${classes.join(', ')}.`;
  const summary = `${formatNumber(data.rows)} rows.${missing} Split: ${split}. The search saw ${formatNumber(data.inputs.length)} numeric input${data.inputs.length === 1 ? '' : 's'}.${labels}`;
  const rows = table<ColumnSummary>(
    data.columns,
    [
      { head: 'Column', className: 'name', text: (column) => column.name },
      { head: 'Kind', text: (column) => column.kind },
      { head: 'Missing', className: 'number', text: (column) => formatNumber(column.missing) },
      { head: 'Filled with', className: 'phrase', text: (column) => column.filledWith ?? '' },
      { head: 'What became of it', className: 'wide', text: (column) => column.note },
      { head: 'Inputs', className: 'name', text: (column) => inputNames(column) },
    ],
    (column) => (column.kind === 'dropped' ? 'dropped' : ''),
  );
  const folded =
    data.columns.length > UNFOLDED
      ? `<details><summary>${formatNumber(data.columns.length)} columns</summary>${rows}</details>`
      : rows;
  return `<section><h2>The data</h2><p>${escapeMarkup(summary)}</p>${folded}</section>`;
}

function inputNames({ inputs }: ColumnSummary): string {
  const more = inputs.length - LISTED;
  return inputs.slice(0, LISTED).join(', ') + (more > 0 ? ` and ${formatNumber(more)} more` : '');
}
