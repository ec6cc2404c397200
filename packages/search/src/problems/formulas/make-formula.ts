import { parse } from '@neuronseek/neurons';
import type { FormulaProblem, GridAxis, Range, Sampling } from './formula-problem.js';

/** A problem whose formula is text, in which pi is π. */
export function makeFormula(
  name: string,
  formula: string,
  features: readonly string[],
  train: Sampling,
  test: Sampling,
  noise = 0,
): FormulaProblem {
  const neuron = parse(formula.replace(/\bpi\b/g, String(Math.PI)), { features });
  return { name, neuron, features, formula, train, test, noise };
}

/** Rows evenly from a box, a range for each column. */
export function box(rows: number, ranges: readonly Range[]): Sampling {
  return { kind: 'uniform', rows, ranges };
}

/** A grid with the same axis for every column, from min to max. */
export function grid(columns: number, min: number, max: number, step: number): Sampling {
  const axis: GridAxis = { min, step, count: Math.round((max - min) / step) + 1 };
  return { kind: 'grid', axes: new Array<GridAxis>(columns).fill(axis) };
}

/** The same range for every column. */
export function cube(columns: number, min: number, max: number): Range[] {
  return Array.from({ length: columns }, () => [min, max]);
}

/** The i-th of a table that counts from 1. */
export function numbered<T>(op: string, table: readonly T[], i: number): T {
  const found = Number.isInteger(i) ? table[i - 1] : undefined;
  if (found === undefined) throw new RangeError(`${op}: i must be an integer from 1 to ${table.length}: got ${i}`);
  return found;
}
