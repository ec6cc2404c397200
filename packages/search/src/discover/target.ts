import { largestNumber } from './check-table.js';
import { InputError } from './input-error.js';
import type { Cell, Column, Table } from './table.js';

/** How network outputs and values of the target column belong together. */
export type TargetScale =
  | { readonly task: 'regression'; readonly mean: number; readonly deviation: number }
  | { readonly task: 'classification'; readonly classes: readonly string[] };

/** More values than this are not taken for classes. */
const mostClasses = 20;

/** The target column and the task it asks for. Throws an InputError when there is no such column or it cannot be learnt. */
export function findTarget(
  table: Table,
  name: string,
  task: 'regression' | 'classification' | undefined,
): { column: Column; task: 'regression' | 'classification' } {
  const column = table.columns.find((c) => c.name === name);
  if (!column) {
    if (table.columns.length === 0)
      throw new InputError(`${table.source}: there are no columns; expected "${name}" and others to predict it from`);
    const known = table.columns.map((c) => `"${c.name}"`).join(', ');
    throw new InputError(`${table.source}: there is no column "${name}" to predict; expected one of ${known}`);
  }
  const present = column.values.filter((v) => v !== null);
  if (present.length === 0)
    throw new InputError(`${table.source}: the target column "${name}" has no values; expected at least 20`);
  const stray = column.values.findIndex((v) => v !== null && !isNumeric(v));
  if (stray >= 0 && (task === 'regression' || (task === undefined && mostlyNumbers(present)))) {
    const cell = JSON.stringify(column.values[stray]);
    throw new InputError(
      `${table.source}: line ${table.lines[stray]}, column "${name}": expected a number in the target, got ${cell}`,
    );
  }
  // As text: what becomes one class label, or one number, is one value.
  const distinct = new Set(present.map(String)).size;
  const chosen = task ?? (stray >= 0 || distinct === 2 ? 'classification' : 'regression');
  if (distinct === 1) {
    throw new InputError(
      `${table.source}: the target column "${name}" is ${JSON.stringify(present[0])} in every row; expected different values`,
    );
  }
  if (chosen === 'classification' && distinct > mostClasses) {
    throw new InputError(
      `${table.source}: the target column "${name}" has ${distinct} different values; expected at most ${mostClasses} classes${stray < 0 ? ', or --task regression' : ''}`,
    );
  }
  return { column, task: chosen };
}

/** Class labels as text, in order: numbers by size, texts by code point. */
export function classLabels(values: readonly Cell[]): string[] {
  const distinct = [...new Set(values.filter((v) => v !== null))];
  const numbers = distinct.every((v) => typeof v === 'number');
  const sorted = numbers ? distinct.map(Number).sort((a, b) => a - b) : distinct.map(String).sort();
  return sorted.map(String);
}

/** A target that is text only because of a few stray cells. */
function mostlyNumbers(present: readonly Cell[]): boolean {
  const numbers = present.filter((v) => isNumeric(v)).length;
  return numbers > present.length / 2;
}

function isNumeric(v: Cell): boolean {
  return typeof v === 'number' || (v !== null && v.trim() !== '' && Math.abs(Number(v)) <= largestNumber);
}
