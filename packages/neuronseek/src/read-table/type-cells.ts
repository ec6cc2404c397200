import { type Column, InputError } from '@neuronseek/search';
import { quote } from './quote.js';

/** A finite number, text, or null where the value is missing. */
export type Cell = Column['values'][number];

/** Spellings of a missing value, after trimming: empty, R's and pandas' marks, JSON's null, and the `?` of the UCI repository. */
export const MISSING: ReadonlySet<string> = new Set(['', 'NA', 'N/A', 'n/a', 'null', 'NULL', '?']);

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** Traces of a computation that failed, not of an answer that is missing. */
const NOT_FINITE = /^(?:nan|[+-]?(?:inf|infinity|∞))$/i;

/**
 * Types the cells of one column: all numbers when every cell that is not missing is a decimal number, otherwise all text.
 *
 * Text is trimmed; `MISSING` spellings become null. A decimal comma, a thousands mark or a hexadecimal is text: guessing would
 * turn 1,234 into two different numbers. Where only NaN and infinities keep a column from being numeric, the first one is refused.
 *
 * @param place - names a row in messages: file, line and column
 */
export function typeCells(cells: readonly Cell[], place: (row: number) => string): Cell[] {
  const trimmed = cells.map((cell) => {
    if (typeof cell !== 'string') return cell;
    const text = cell.trim();
    return MISSING.has(text) ? null : text;
  });
  let notFinite = -1;
  const numbers: Cell[] = [];
  for (let row = 0; row < trimmed.length; row++) {
    const cell = trimmed[row] ?? null;
    if (cell === null || typeof cell === 'number') {
      numbers.push(cell);
      continue;
    }
    const decimal = DECIMAL.test(cell);
    if (!decimal && !NOT_FINITE.test(cell)) return trimmed.map((c) => (typeof c === 'number' ? String(c) : c));
    const value = decimal ? Number(cell) : Number.NaN;
    if (!Number.isFinite(value) && notFinite < 0) notFinite = row;
    numbers.push(value);
  }
  if (notFinite >= 0) {
    throw new InputError(`${place(notFinite)}: expected a finite number, got ${quote(String(trimmed[notFinite]))}`);
  }
  return numbers;
}
