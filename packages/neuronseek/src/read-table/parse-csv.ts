import { InputError } from '@neuronseek/search';
import { quote } from './quote.js';

/** The text of a CSV file, cut into fields; nothing is trimmed or typed but the header's names are trimmed. */
export interface CsvText {
  readonly header: readonly string[];
  /** As many fields a row as the header has. */
  readonly rows: readonly (readonly string[])[];
  /** For each row the line where it begins, counted from 1. */
  readonly lines: readonly number[];
}

interface CsvRecord {
  readonly fields: readonly string[];
  readonly line: number;
}

const LF = 10;
const CR = 13;
const QUOTE = 34;

/**
 * Parses delimited text by RFC 4180: quoted fields hold delimiters, line ends and doubled quotes.
 *
 * The delimiter is whichever of `,` `;` and tab stands most often outside quotes in the header line. On equal counts
 * `preferred` (default `,`) wins; a preferred tab wins wherever the header has one. A byte order mark is skipped; a
 * line ends with LF, CRLF or CR; blank lines are skipped unless the table has one column, where they are an empty cell.
 *
 * Errors (InputError, naming `source` and line): no header, unterminated quote, text after a closing quote, ragged row,
 * empty or repeated name in the header. Cost: linear.
 */
export function parseCsv(text: string, source: string, preferred: ',' | '\t' = ','): CsvText {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (text.trim() === '') throw new InputError(`${source}: expected a header line and rows, got an empty file`);
  const records = splitRecords(text, start, detectDelimiter(text, start, preferred), source);
  const first = records.findIndex((record) => !isBlank(record));
  const head = records[first];
  if (head === undefined) throw new InputError(`${source}: expected a header line and rows, got blank lines`);
  const header = checkHeader(head, source);
  const width = header.length;
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  for (let i = first + 1; i < records.length; i++) {
    const record = records[i];
    if (record === undefined || (width > 1 && isBlank(record))) continue;
    if (record.fields.length !== width) {
      throw new InputError(
        `${source}: line ${record.line}: expected ${width} field${width === 1 ? '' : 's'} as in the header, got ${record.fields.length}`,
      );
    }
    rows.push(record.fields);
    lines.push(record.line);
  }
  return { header, rows, lines };
}

function isBlank(record: CsvRecord): boolean {
  return record.fields.length === 1 && record.fields[0]?.trim() === '';
}

function checkHeader(record: CsvRecord, source: string): string[] {
  const header = record.fields.map((name) => name.trim());
  const seen = new Map<string, number>();
  header.forEach((name, i) => {
    if (name === '') {
      throw new InputError(`${source}: line ${record.line}: expected a name for column ${i + 1}, got an empty field`);
    }
    const before = seen.get(name);
    if (before !== undefined) {
      throw new InputError(
        `${source}: line ${record.line}: expected column names that differ, got ${quote(name)} for columns ${before} and ${i + 1}`,
      );
    }
    seen.set(name, i + 1);
  });
  return header;
}

/** Counts candidates outside quotes on the first line that is not blank. */
function detectDelimiter(text: string, start: number, preferred: ',' | '\t'): string {
  const counts = new Map<string, number>([
    [',', 0],
    [';', 0],
    ['\t', 0],
  ]);
  let quoted = false;
  let fieldStart = true;
  let blank = true;
  for (let i = start; i < text.length; i++) {
    const c = text.charAt(i);
    if (quoted) {
      if (c !== '"') continue;
      if (text.charAt(i + 1) === '"') i++;
      else quoted = false;
      continue;
    }
    if (c === '\n' || c === '\r') {
      if (blank) continue;
      break;
    }
    if (c.trim() !== '') blank = false;
    quoted = fieldStart && c === '"';
    const count = counts.get(c);
    fieldStart = count !== undefined;
    if (count !== undefined) counts.set(c, count + 1);
  }
  if (preferred === '\t' && (counts.get('\t') ?? 0) > 0) return '\t';
  let best: string = preferred;
  for (const [c, count] of counts) if (count > (counts.get(best) ?? 0)) best = c;
  return best;
}

/** All records of the text, the header among them. */
function splitRecords(text: string, start: number, delimiter: string, source: string): CsvRecord[] {
  const separator = delimiter.charCodeAt(0);
  const records: CsvRecord[] = [];
  const end = text.length;
  let position = start;
  let line = 1;
  while (position < end) {
    const begin = line;
    const fields: string[] = [];
    for (;;) {
      const quoted = text.charCodeAt(position) === QUOTE;
      let stop: number;
      if (quoted) {
        const close = closingQuote(text, position + 1);
        if (close < 0) {
          throw new InputError(
            `${source}: line ${line}: expected a closing quote for field ${fields.length + 1}, got the end of the file`,
          );
        }
        const inner = text.slice(position + 1, close);
        fields.push(inner.includes('"') ? inner.replaceAll('""', '"') : inner);
        line += countLineEnds(inner);
        stop = close + 1;
      } else {
        stop = position;
        for (; stop < end; stop++) {
          const c = text.charCodeAt(stop);
          if (c === separator || c === LF || c === CR) break;
        }
        fields.push(text.slice(position, stop));
      }
      position = stop;
      if (position >= end) break;
      const c = text.charCodeAt(position);
      position++;
      if (c === separator) continue;
      if (c === LF || c === CR) {
        if (c === CR && text.charCodeAt(position) === LF) position++;
        line++;
        break;
      }
      const name = delimiter === '\t' ? 'a tab' : `"${delimiter}"`;
      throw new InputError(
        `${source}: line ${line}: expected ${name} or the end of the line after the closing quote of field ${fields.length}, got ${quote(text.charAt(stop))}`,
      );
    }
    records.push({ fields, line: begin });
  }
  return records;
}

/** Index of the quote that ends a quoted field whose text begins at `from`, or -1. */
function closingQuote(text: string, from: number): number {
  let i = text.indexOf('"', from);
  while (i >= 0 && text.charCodeAt(i + 1) === QUOTE) i = text.indexOf('"', i + 2);
  return i;
}

function countLineEnds(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
