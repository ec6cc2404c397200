import { InputError, type Table } from '@neuronseek/search';
import { loadText } from './load-text.js';
import { parseCsv } from './parse-csv.js';
import { parseJson } from './parse-json.js';
import { quote } from './quote.js';
import { type Cell, typeCells } from './type-cells.js';

/**
 * Reads a table from a `.csv`, `.tsv` or `.json` file, each also as `.gz`.
 *
 * CSV and TSV: a header line and rows, delimiter found by itself (see `parseCsv`). JSON: an array of flat records. Each column
 * comes out all numbers or all text, with null for missing values (see `typeCells`).
 *
 * Errors: InputError with file, line, column and what was expected, for everything that can be wrong with the file.
 * Cost: linear, in memory; at most 500 MB of text.
 */
export function readTable(path: string): Table {
  const kind = /\.(csv|tsv|json)(?:\.gz)?$/i.exec(path)?.[1]?.toLowerCase();
  // First the file, then its name: a path that does not exist, or a spreadsheet, deserves that answer.
  const text = loadText(path);
  if (kind === undefined) {
    throw new InputError(`${path}: expected a name ending in .csv, .tsv or .json (or these with .gz), got another`);
  }
  return kind === 'json' ? fromJson(text, path) : fromCsv(text, path, kind === 'tsv' ? '\t' : ',');
}

function fromCsv(text: string, path: string, preferred: ',' | '\t'): Table {
  const { header, rows, lines } = parseCsv(text, path, preferred);
  if (rows.length === 0) throw new InputError(`${path}: expected rows under the header line, got none`);
  return assemble(path, header, lines, (_, column) => rows.map((row) => row[column] ?? null));
}

function fromJson(text: string, path: string): Table {
  const { keys, records, lines } = parseJson(text, path);
  return assemble(path, keys, lines, (name) => records.map((record) => record.get(name) ?? null));
}

function assemble(
  source: string,
  names: readonly string[],
  lines: readonly number[],
  cells: (name: string, index: number) => Cell[],
): Table {
  const columns = names.map((name, index) => ({
    name,
    values: typeCells(cells(name, index), (row) => `${source}: line ${lines[row]}, column ${quote(name)}`),
  }));
  return { source, columns, rows: lines.length, lines };
}
