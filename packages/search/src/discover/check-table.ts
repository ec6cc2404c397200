import { InputError } from './input-error.js';
import type { Table } from './table.js';

/** Numbers beyond this are refused: their squares must be able to be added up. */
export const largestNumber = 1e150;

/** Throws an InputError unless the columns have names that differ, one cell a row, and cells that are finite numbers, texts or null. */
export function checkTable({ source, columns, rows, lines }: Table): void {
  if (lines.length !== rows)
    throw new InputError(`${source}: expected a line number for each of ${rows} rows, got ${lines.length}`);
  const names = new Set<string>();
  columns.forEach(({ name, values }, i) => {
    if (name.trim() === '') throw new InputError(`${source}: expected a name for column ${i + 1}, got an empty one`);
    if (names.has(name)) throw new InputError(`${source}: expected columns with different names, got "${name}" twice`);
    names.add(name);
    if (values.length !== rows)
      throw new InputError(`${source}: column "${name}": expected ${rows} cells, one a row, got ${values.length}`);
    const bad = values.findIndex((v) => typeof v === 'number' && !(Math.abs(v) <= largestNumber));
    if (bad < 0) return;
    const wanted = Number.isFinite(values[bad])
      ? `a number between -${largestNumber} and ${largestNumber}`
      : 'a finite number';
    throw new InputError(`${source}: line ${lines[bad]}, column "${name}": expected ${wanted}, got ${values[bad]}`);
  });
}
