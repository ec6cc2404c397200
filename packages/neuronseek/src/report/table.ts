import { escapeMarkup } from './escape-markup.js';

/** A column of an HTML table. */
export interface HtmlColumn<Row> {
  readonly head: string;
  /** Class of the cells: `number` aligns right, the others keep words from being squeezed. */
  readonly className?: 'number' | 'wide' | 'phrase' | 'name';
  /** The cell's text; escaped here. */
  text(row: Row): string;
  /** Trusted markup before the text. */
  before?(row: Row): string;
  /** Trusted markup after the text (a bar, say). */
  after?(row: Row): string;
}

/** An HTML table with escaped cells; on a phone each row becomes a block of labelled lines. Columns without text are left out. */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly HtmlColumn<Row>[],
  className: (row: Row, index: number) => string = () => '',
): string {
  const used = columns.filter((column) => rows.some((row) => column.text(row) !== ''));
  const head = used.map(
    (column) => `<th scope="col"${attribute('class', column.className)}>${escapeMarkup(column.head)}</th>`,
  );
  const body = rows.map((row, index) => {
    const cells = used.map((column, i) => {
      const text = column.text(row);
      const classes = [column.className, text === '' ? 'blank' : undefined].filter(Boolean).join(' ');
      const label = i === 0 ? undefined : column.head;
      return `<td${attribute('class', classes)}${attribute('data-label', label)}>${column.before?.(row) ?? ''}${escapeMarkup(text)}${column.after?.(row) ?? ''}</td>`;
    });
    return `<tr${attribute('class', className(row, index))}>${cells.join('')}</tr>`;
  });
  return `<div class="scroll"><table class="stack"><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}

function attribute(name: string, value: string | undefined): string {
  return value === undefined || value === '' ? '' : ` ${name}="${escapeMarkup(value)}"`;
}
