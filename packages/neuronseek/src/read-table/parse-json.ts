import { InputError } from '@neuronseek/search';
import { quote } from './quote.js';
import type { Cell } from './type-cells.js';

/** The records of a JSON file. */
export interface JsonRecords {
  /** Union of the keys, in order of first appearance. */
  readonly keys: readonly string[];
  /** One map a record; a key the record lacks is absent, and `true` and `false` are text. */
  readonly records: readonly ReadonlyMap<string, Cell>[];
  /** For each record the line where it begins, counted from 1. */
  readonly lines: readonly number[];
}

/**
 * Parses an array of flat records, `[{"x": 1, "name": "a"}, …]`.
 *
 * A parser of its own, because `JSON.parse` tells neither the line of a record nor, for many mistakes, that of the mistake.
 * Strict JSON; a byte order mark is skipped. Numbers beyond the range of a double are refused.
 *
 * Errors (InputError, naming `source`, line, record and key): not an array of objects, nested value, repeated or empty key,
 * broken JSON, number out of range. Cost: linear.
 */
export function parseJson(text: string, source: string): JsonRecords {
  const space = /[ \t\r\n]*/y;
  const numeral = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
  const word = /(?:true|false|null)(?!\w)/y;
  let position = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  let record = 0;

  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) position += found.length;
    return found;
  };
  const skipSpace = (): void => {
    line += match(space)?.match(/\r\n|\n|\r/g)?.length ?? 0;
  };
  const refuse = (expected: string, got: string = seen(text, position)): never => {
    const where = record > 0 ? `line ${line} (record ${record})` : `line ${line}`;
    throw new InputError(`${source}: ${where}: expected ${expected}, got ${got}`);
  };
  /** Eats the one of the characters in `among` that comes next. */
  const take = (among: string, expected: string): string => {
    skipSpace();
    const c = text.charAt(position);
    if (c === '' || !among.includes(c)) refuse(expected);
    position++;
    return c;
  };
  const takeString = (expected: string): string => {
    if (text.charAt(position) !== '"') refuse(expected);
    let end = position + 1;
    while (end < text.length && text.charAt(end) !== '"' && text.charAt(end) !== '\n')
      end += text.charAt(end) === '\\' ? 2 : 1;
    if (text.charAt(end) !== '"') refuse(expected, 'a string that is not closed on its line');
    const literal = text.slice(position, end + 1);
    position = end + 1;
    try {
      return String(JSON.parse(literal));
    } catch {
      return refuse(expected, 'a string with a broken escape or a control character');
    }
  };
  const takeValue = (key: string): Cell => {
    skipSpace();
    const c = text.charAt(position);
    const expected = `a number, text, true, false or null for key ${quote(key)}`;
    if (c === '"') return takeString(expected);
    if (c === '{') return refuse(expected, 'a nested object');
    if (c === '[') return refuse(expected, 'a nested array');
    const literal = match(word);
    if (literal !== undefined) return literal === 'null' ? null : literal;
    const digits = match(numeral) ?? refuse(expected);
    const value = Number(digits);
    return Number.isFinite(value) ? value : refuse(`a finite number for key ${quote(key)}`, quote(digits));
  };
  const takeRecord = (): Map<string, Cell> => {
    const cells = new Map<string, Cell>();
    skipSpace();
    if (text.charAt(position) === '}') {
      position++;
      return cells;
    }
    do {
      skipSpace();
      const key = takeString('a key in double quotes');
      if (key.trim() === '') refuse('keys that name a column', 'an empty key');
      if (cells.has(key)) refuse('keys that differ', `${quote(key)} twice`);
      take(':', `":" after key ${quote(key)}`);
      cells.set(key, takeValue(key));
    } while (take(',}', '"," or "}" after a value') === ',');
    return cells;
  };

  const keys = new Set<string>();
  const records: Map<string, Cell>[] = [];
  const lines: number[] = [];
  take('[', 'an array of records, [{…}, …]');
  skipSpace();
  if (text.charAt(position) === ']') refuse('at least one record', 'an empty array');
  do {
    record++;
    take('{', 'a record, {…}');
    lines.push(line);
    const cells = takeRecord();
    for (const key of cells.keys()) keys.add(key);
    records.push(cells);
  } while (take(',]', '"," or "]" after a record') === ',');
  record = 0;
  skipSpace();
  if (position < text.length) refuse('the end of the file after the array');
  if (keys.size === 0) refuse('records with keys', 'empty records only');
  return { keys: [...keys], records, lines };
}

/** What stands at `position`, for a message. */
function seen(text: string, position: number): string {
  if (position >= text.length) return 'the end of the file';
  return quote(
    /^[\w.+-]+/.exec(text.slice(position, position + 40))?.[0] ?? String.fromCodePoint(text.codePointAt(position) ?? 0),
  );
}
