import { fc, test } from '@fast-check/vitest';
import Papa from 'papaparse';
import { describe, expect } from 'vitest';
import { parseCsv } from '../src/read-table/parse-csv.js';

const delimiter = fc.constantFrom(',', ';', '\t');
const newline = fc.constantFrom('\n', '\r\n', '\r');

/** Text that leans on what CSV must escape. */
const field = fc.oneof(
  fc.string({ unit: fc.constantFrom('"', ',', ';', '\t', '\n', '\r', ' ', 'a', '1', 'é', '\u{1f600}'), maxLength: 8 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);

/** A name that stays itself when trimmed. */
const name = field.map((text, i = 0) => `n${text}${i}z`);

/** Header and rows, two columns or more. */
const table = fc.integer({ min: 2, max: 6 }).chain((width) =>
  fc.record({
    header: fc.uniqueArray(name, { minLength: width, maxLength: width }),
    rows: fc.array(fc.array(field, { minLength: width, maxLength: width }), { maxLength: 8 }),
  }),
);

/** A one-line header whose commonest separator outside quotes is the delimiter: the writer quotes every field with a special. */
function write(
  rows: readonly (readonly string[])[],
  separator: string,
  lineEnd: string,
  quoteAll: readonly boolean[],
): string {
  let cell = 0;
  const special = /["\n\r,;\t]|^\s|\s$|^$/;
  return rows
    .map((row) =>
      row
        .map((text) =>
          quoteAll[cell++ % quoteAll.length] || special.test(text) ? `"${text.replaceAll('"', '""')}"` : text,
        )
        .join(separator),
    )
    .join(lineEnd);
}

const quoting = fc.array(fc.boolean(), { minLength: 1, maxLength: 7 });

describe('parseCsv', () => {
  test.prop([table, delimiter, newline, quoting, fc.boolean(), fc.boolean()])(
    'gives back what was written, whatever stands in the fields',
    ({ header, rows }, separator, lineEnd, quoteAll, trailing, bom) => {
      const text =
        (bom ? '\ufeff' : '') + write([header, ...rows], separator, lineEnd, quoteAll) + (trailing ? lineEnd : '');
      const parsed = parseCsv(text, 't.csv');
      expect(parsed.header).toEqual(header);
      expect(parsed.rows).toEqual(rows);
    },
  );

  test.prop([table, delimiter, newline, quoting])(
    'agrees with papaparse',
    ({ header, rows }, separator, lineEnd, quoteAll) => {
      const text = write([header, ...rows], separator, lineEnd, quoteAll);
      const oracle = Papa.parse(text, { delimiter: separator, newline: lineEnd });
      const parsed = parseCsv(text, 't.csv');
      expect(oracle.errors).toEqual([]);
      expect([parsed.header, ...parsed.rows]).toEqual(oracle.data);
    },
  );

  test.prop([table, delimiter, fc.constantFrom('\n', '\r\n'), fc.boolean()])(
    'reads what papaparse writes',
    ({ header, rows }, separator, lineEnd, quotes) => {
      const text = Papa.unparse([header, ...rows], { delimiter: separator, newline: lineEnd, quotes });
      // Papaparse leaves other separators unquoted, so detection could fall for one standing in a name: names without.
      fc.pre(!header.some((text) => /[,;\t]/.test(text)));
      expect(parseCsv(text, 't.csv').rows).toEqual(rows);
    },
  );

  test.prop([table, delimiter, newline, quoting])(
    'numbers rows by the line where they begin, line ends inside quotes counted',
    ({ header, rows }, separator, lineEnd, quoteAll) => {
      const parsed = parseCsv(write([header, ...rows], separator, lineEnd, quoteAll), 't.csv');
      rows.forEach((_, i) => {
        const before = write([header, ...rows.slice(0, i)], separator, lineEnd, quoteAll) + lineEnd;
        expect(parsed.lines[i]).toBe(1 + (before.match(/\r\n|\r|\n/g)?.length ?? 0));
      });
    },
  );

  test.prop([fc.uniqueArray(name, { minLength: 1, maxLength: 1 }), fc.array(field, { maxLength: 8 }), newline])(
    'a single column keeps its blank lines as empty cells',
    (header, cells, lineEnd) => {
      const rows = cells.map((cell) => [cell]);
      const unquoted = write([header, ...rows], ',', lineEnd, [false]).replace(/(^|[\r\n])""(?=[\r\n]|$)/g, '$1');
      fc.pre(!cells.some((cell) => /[\r\n"]/.test(cell)));
      expect(parseCsv(unquoted + lineEnd, 't.csv').rows).toEqual(rows);
    },
  );

  test('skips blank lines between rows and before the header, and counts them', () => {
    const parsed = parseCsv('\n\r\na,b\n1,2\n\n  \n3,4\n\n', 't.csv');
    expect(parsed).toEqual({
      header: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
      lines: [4, 7],
    });
  });

  test('detects the delimiter outside quotes only', () => {
    expect(parseCsv('"a,b,c";d\n1;2', 't.csv').header).toEqual(['a,b,c', 'd']);
    expect(parseCsv('"a ""x"",y",z;w\n1,2', 't.csv').header).toEqual(['a "x",y', 'z;w']);
    expect(parseCsv('5" pipe,wall\n1,2', 't.csv').header).toEqual(['5" pipe', 'wall']);
    expect(parseCsv('a,b,c\td\n1\t2', 't.tsv', '\t').header).toEqual(['a,b,c', 'd']);
    expect(parseCsv('a,b\n1,2', 't.tsv', '\t').header).toEqual(['a', 'b']);
  });

  test('trims names but no cells', () => {
    expect(parseCsv(' a , b\n 1 , 2', 't.csv')).toEqual({ header: ['a', 'b'], rows: [[' 1 ', ' 2']], lines: [2] });
  });

  test.each([
    ['', 't.csv: expected a header line and rows, got an empty file'],
    ['\ufeff \n\n', 't.csv: expected a header line and rows, got an empty file'],
    ['a,b\n1,2\n3', 't.csv: line 3: expected 2 fields as in the header, got 1'],
    ['a,b\n"1\n",2\n3,4,5', 't.csv: line 4: expected 2 fields as in the header, got 3'],
    ['a\n1,2', 't.csv: line 2: expected 1 field as in the header, got 2'],
    ['a,b\n1,"2\n3,4\n', 't.csv: line 2: expected a closing quote for field 2, got the end of the file'],
    ['a,b\n1,"2""', 't.csv: line 2: expected a closing quote for field 2, got the end of the file'],
    ['a;b\n"1"x;2', 't.csv: line 2: expected ";" or the end of the line after the closing quote of field 1, got "x"'],
    [
      'a\tb\n"\n" \t2',
      't.csv: line 3: expected a tab or the end of the line after the closing quote of field 1, got " "',
    ],
    ['a,,b\n1,2,3', 't.csv: line 1: expected a name for column 2, got an empty field'],
    ['\na,b, a\n1,2,3', 't.csv: line 2: expected column names that differ, got "a" for columns 1 and 3'],
  ])('refuses %j', (text, message) => {
    expect(() => parseCsv(text, 't.csv')).toThrow(expect.objectContaining({ name: 'InputError', message }));
  });
});
