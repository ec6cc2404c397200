import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fc, test } from '@fast-check/vitest';
import { afterAll, describe, expect, it } from 'vitest';
import { parseJson } from '../src/read-table/parse-json.js';
import { readTable } from '../src/read-table/read-table.js';
import { typeCells } from '../src/read-table/type-cells.js';

const folder = mkdtempSync(join(tmpdir(), 'neuronseek-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The message of the InputError that reading `path` raises, the folder left out. */
function complaint(path: string): string {
  try {
    readTable(path);
  } catch (error) {
    if (error instanceof Error && error.name === 'InputError') return error.message.replace(`${folder}/`, '');
    throw error;
  }
  return 'none';
}

const place = (row: number): string => `row ${row}`;
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const missing = fc.constantFrom('', ' ', 'NA', 'N/A', 'null', '?', ' NA ', '\t?');

describe('typeCells', () => {
  test.prop([fc.array(fc.oneof(finite, missing))])(
    'reads every double back to the bit, missing values as null',
    (cells) => {
      const texts = cells.map((cell) => (typeof cell === 'number' ? ` ${Object.is(cell, -0) ? '-0' : cell} ` : cell));
      expect(typeCells(texts, place)).toEqual(cells.map((cell) => (typeof cell === 'number' ? cell : null)));
    },
  );

  test.prop([fc.array(fc.oneof(finite.map(String), missing, fc.string())), fc.string()])(
    'one word makes the whole column text, trimmed',
    (cells, word) => {
      const typed = typeCells([...cells, `x${word}`], place);
      expect(typed).toEqual(
        [...cells, `x${word}`].map((cell) =>
          ['', 'NA', 'N/A', 'n/a', 'null', 'NULL', '?'].includes(cell.trim()) ? null : cell.trim(),
        ),
      );
    },
  );

  test.each(['1,5', '0x10', '1_000', '1e', '.', '+', '--1', '1 2', '1e5.5', '١', '12a', '0b1'])(
    '%j is text',
    (text) => {
      expect(typeCells(['1', text], place)).toEqual(['1', text]);
    },
  );

  test.each([
    ['+1', 1],
    ['.5', 0.5],
    ['5.', 5],
    ['1E3', 1000],
    ['-1e-400', -0],
  ])('%j is the number %d', (text, value) => {
    expect(typeCells([text], place)).toEqual([value]);
  });

  test.each(['inf', '-Infinity', '1e999', '∞', ' INF ', 'NaN', ' nan '])(
    'refuses %j in a column of numbers',
    (text) => {
      expect(() => typeCells(['1', 'NA', text, 'inf'], place)).toThrow(
        expect.objectContaining({
          name: 'InputError',
          message: `row 2: expected a finite number, got "${text.trim()}"`,
        }),
      );
      expect(typeCells(['1', text, 'word'], place)).toEqual(['1', text.trim(), 'word']);
    },
  );

  test('a column of numbers and text from JSON becomes text', () => {
    expect(typeCells([1776, 'Troy', null], place)).toEqual(['1776', 'Troy', null]);
    expect(typeCells([1, '2', 'NA', null], place)).toEqual([1, 2, null, null]);
  });
});

describe('parseJson', () => {
  const value = fc.oneof(fc.string(), finite, fc.boolean(), fc.constant(null));
  const key = fc.string().filter((text) => text.trim() !== '');
  const records = fc
    .array(fc.dictionary(key, value), { minLength: 1, maxLength: 6 })
    .filter((list) => list.some((record) => Object.keys(record).length > 0));

  test.prop([records, fc.constantFrom(0, 1, 3, '\t')])('agrees with JSON.parse', (list, indent) => {
    const text = JSON.stringify(list, null, indent);
    const oracle: unknown = JSON.parse(text);
    const parsed = parseJson(text, 't.json');
    const asText = (cell: unknown): unknown => (typeof cell === 'boolean' ? String(cell) : cell);
    expect(Array.isArray(oracle) ? oracle.length : -1).toBe(parsed.records.length);
    parsed.records.forEach((record, i) => {
      const original = Object.entries((Array.isArray(oracle) ? oracle[i] : undefined) ?? {});
      // Compared as maps: objects list keys that look like integers first.
      expect(record).toEqual(new Map(original.map(([name, cell]) => [name, asText(cell)])));
    });
    expect(new Set(parsed.keys)).toEqual(new Set(list.flatMap((record) => Object.keys(record))));
  });

  test.prop([records, fc.array(fc.constantFrom('\n', '\r\n', ' '), { minLength: 1 })])(
    'knows the line of every record',
    (list, gaps) => {
      let text = '[';
      const lines = list.map((record, i) => {
        text += `${i > 0 ? ',' : ''}${gaps[i % gaps.length]}`;
        const line = text.split('\n').length;
        text += JSON.stringify(record, null, i % 2);
        return line;
      });
      expect(parseJson(`${text}]`, 't.json').lines).toEqual(lines);
    },
  );

  test.prop([fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', '{', '\\', 'x', '\u0000', '\n')])(
    'whatever is broken is refused with a place, never accepted where JSON.parse refuses',
    (json, at, patch) => {
      const text = `[{"a": ${json}}]`;
      const broken = text.slice(0, at % text.length) + patch + text.slice((at % text.length) + 1);
      let legal = true;
      try {
        JSON.parse(broken);
      } catch {
        legal = false;
      }
      try {
        parseJson(broken, 't.json');
        expect(legal).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ name: 'InputError', message: expect.stringMatching(/^t\.json: line \d+/) });
      }
    },
  );

  test.each([
    ['', 't.json: line 1: expected an array of records, [{…}, …], got the end of the file'],
    ['{"data": []}', 't.json: line 1: expected an array of records, [{…}, …], got "{"'],
    ['\n[]', 't.json: line 2: expected at least one record, got an empty array'],
    ['[{}]', 't.json: line 1: expected records with keys, got empty records only'],
    ['[1]', 't.json: line 1 (record 1): expected a record, {…}, got "1"'],
    [
      '[{"a": 1},\n{"a": [1]}]',
      't.json: line 2 (record 2): expected a number, text, true, false or null for key "a", got a nested array',
    ],
    [
      '[{"a":\n{"b": 1}}]',
      't.json: line 2 (record 1): expected a number, text, true, false or null for key "a", got a nested object',
    ],
    ['[{"a": NaN}]', 't.json: line 1 (record 1): expected a number, text, true, false or null for key "a", got "NaN"'],
    ['[{"a": 1e999}]', 't.json: line 1 (record 1): expected a finite number for key "a", got "1e999"'],
    ['[{"a": 01}]', 't.json: line 1 (record 1): expected a number, text, true, false or null for key "a", got "01"'],
    ['[{"a": 1, "a": 2}]', 't.json: line 1 (record 1): expected keys that differ, got "a" twice'],
    ['[{"": 1}]', 't.json: line 1 (record 1): expected keys that name a column, got an empty key'],
    ['[{a: 1}]', 't.json: line 1 (record 1): expected a key in double quotes, got "a"'],
    ['[{"a" 1}]', 't.json: line 1 (record 1): expected ":" after key "a", got "1"'],
    ['[{"a": 1\n', 't.json: line 2 (record 1): expected "," or "}" after a value, got the end of the file'],
    ['[{"a": 1}\n{"a": 2}]', 't.json: line 2 (record 1): expected "," or "]" after a record, got "{"'],
    ['[{"a": 1},]', 't.json: line 1 (record 2): expected a record, {…}, got "]"'],
    ['[{"a": 1}] x', 't.json: line 1: expected the end of the file after the array, got "x"'],
    [
      '[{"a": "b\n"}]',
      't.json: line 1 (record 1): expected a number, text, true, false or null for key "a", got a string that is not closed on its line',
    ],
    [
      '[{"a": "\\x"}]',
      't.json: line 1 (record 1): expected a number, text, true, false or null for key "a", got a string with a broken escape or a control character',
    ],
  ])('refuses %j', (text, message) => {
    expect(() => parseJson(text, 't.json')).toThrow(expect.objectContaining({ name: 'InputError', message }));
  });

  test('keys that are names of object internals are columns like any other', () => {
    const parsed = parseJson('[{"__proto__": 1, "constructor": 2}, {"toString": 3}]', 't.json');
    expect(parsed.keys).toEqual(['__proto__', 'constructor', 'toString']);
    expect(parsed.records[1]?.get('__proto__')).toBeUndefined();
  });
});

describe('readTable', () => {
  const csv = 'x,name\n1,a\nNA,"b\nc"\n3,\n';
  const expected = {
    columns: [
      { name: 'x', values: [1, null, 3] },
      { name: 'name', values: ['a', 'b\nc', null] },
    ],
    rows: 3,
    lines: [2, 3, 5],
  };

  test('reads csv and tsv, plain and compressed', () => {
    for (const [name, content] of [
      ['t.csv', csv],
      ['t.CSV', `\ufeff${csv}`],
      ['t.csv.gz', gzipSync(csv)],
      ['t.tsv', csv.replaceAll(',', '\t')],
      ['t.tsv.gz', gzipSync(csv.replaceAll(',', ';'))],
    ] as const) {
      const path = file(name, content);
      expect(readTable(path)).toEqual({ source: path, ...expected });
    }
  });

  test('reads json: the union of keys, what lacks is missing', () => {
    const path = file('t.json', '[\n{"x": 1, "name": "a"},\n{"name": "b\\nc", "x": null},\n\n{"x": 3}\n]');
    expect(readTable(path)).toEqual({ source: path, ...expected, lines: [2, 3, 5] });
    expect(readTable(file('t.json.gz', gzipSync('[{"ok": true}, {"ok": null}]'))).columns).toEqual([
      { name: 'ok', values: ['true', null] },
    ]);
  });

  test.each([
    ['none.csv', undefined, 'none.csv: no such file'],
    ['t.txt', 'a,b\n1,2', 't.txt: expected a name ending in .csv, .tsv or .json (or these with .gz), got another'],
    ['csv', 'a,b\n1,2', 'csv: expected a name ending in .csv, .tsv or .json (or these with .gz), got another'],
    [
      't.xlsx',
      new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]),
      't.xlsx: expected text, got a zip archive (a spreadsheet is one: export it as CSV)',
    ],
    ['gz.csv', gzipSync(csv), 'gz.csv: expected text, got a gzip file; add .gz to its name'],
    [
      'short.csv.gz',
      gzipSync(csv).subarray(0, 20),
      'short.csv.gz: expected a complete gzip file, got one that ends too early',
    ],
    ['plain.csv.gz', csv, 'plain.csv.gz: expected a gzip file, got bytes that do not decompress (Z_DATA_ERROR)'],
    [
      'utf16.csv',
      Buffer.from(`\ufeff${csv}`, 'utf16le'),
      'utf16.csv: expected UTF-8 text, got UTF-16; save it as UTF-8',
    ],
    ['zero.csv', 'a,b\n1,\u00002', 'zero.csv: expected text, got a binary file (byte 7 is zero)'],
    [
      'latin.csv',
      Buffer.from('a,b\n1,\xe9\n', 'latin1'),
      'latin.csv: line 2: expected UTF-8 text, got bytes in another encoding; save it as UTF-8',
    ],
    ['empty.csv', '', 'empty.csv: expected a header line and rows, got an empty file'],
    [
      'empty.json.gz',
      gzipSync(''),
      'empty.json.gz: line 1: expected an array of records, [{…}, …], got the end of the file',
    ],
    ['head.csv', 'a,b\n', 'head.csv: expected rows under the header line, got none'],
    ['inf.csv', 'a,b\n1,2\n"3",inf\n', 'inf.csv: line 3, column "b": expected a finite number, got "inf"'],
    ['nan.csv', 'a,b\n1,2\n3,NaN\n', 'nan.csv: line 3, column "b": expected a finite number, got "NaN"'],
    ['ragged.tsv', 'a\tb\n1\t2\t3\n', 'ragged.tsv: line 2: expected 2 fields as in the header, got 3'],
  ])('%s: one sentence', (name, content, message) => {
    expect(complaint(content === undefined ? join(folder, name) : file(name, content))).toBe(message);
  });

  test('a folder, and a file in the place of a folder, are named', () => {
    expect(complaint(folder)).toBe(`${folder}: expected a file, got a folder`);
    expect(complaint(`${file('f.csv', 'a')}/x.csv`)).toBe('f.csv/x.csv: expected a readable file, got ENOTDIR');
  });
});

const vega = new URL('../../../node_modules/vega-datasets/data/', import.meta.url);

// vitest's own `it`: with FC_RUNS set, the enriched `test` repeats plain tests as well.
describe('real files', () => {
  it('the flat tables of vega-datasets read as JSON.parse reads them', () => {
    let tables = 0;
    for (const name of readdirSync(vega)) {
      if (!name.endsWith('.json')) continue;
      const path = new URL(name, vega);
      const oracle: unknown = JSON.parse(readFileSync(path, 'utf8'));
      if (
        !Array.isArray(oracle) ||
        oracle.some((row) => Object.values(row).some((v) => typeof v === 'object' && v !== null))
      )
        continue;
      if (oracle.length > 50_000) continue;
      const parsed = parseJson(readFileSync(path, 'utf8'), name);
      expect(parsed.records.length).toBe(oracle.length);
      const last = new Map(Object.entries(Object(oracle.at(-1))).map(([key, cell]) => [key, String(cell)]));
      expect(new Map([...(parsed.records.at(-1) ?? [])].map(([key, cell]) => [key, String(cell)]))).toEqual(last);
      tables++;
    }
    expect(tables).toBeGreaterThan(10);
  });

  it('cars.json: 406 cars, 9 columns, missing consumption', () => {
    const cars = readTable(new URL('cars.json', vega).pathname);
    expect(cars.rows).toBe(406);
    expect(cars.columns.map((column) => column.name)).toContain('Miles_per_Gallon');
    const consumption = cars.columns.find((column) => column.name === 'Miles_per_Gallon')?.values ?? [];
    expect(consumption.filter((cell) => cell === null)).toHaveLength(8);
    expect(consumption.filter((cell) => typeof cell === 'string')).toEqual([]);
    expect(cars.lines.slice(0, 2)).toEqual([2, 13]);
  });
});
