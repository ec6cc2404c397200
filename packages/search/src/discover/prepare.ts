import type { LabelledTable } from '@neuronseek/network';
import { tensor } from '@neuronseek/tensor';
import type { Key } from '@neuronseek/tensor/random';
import { checkTable } from './check-table.js';
import { encodeColumn, type FeatureScale } from './encode-columns.js';
import { InputError } from './input-error.js';
import { moments } from './moments.js';
import type { ColumnSummary, DataSummary } from './report.js';
import { splitRows } from './split-rows.js';
import type { Column, Table } from './table.js';
import { classLabels, findTarget, type TargetScale } from './target.js';

/** Rows of one part: standardised inputs and targets, and the target as it stands in the table. */
export interface Part extends LabelledTable {
  /** Regression: values. Classification: class numbers. */
  readonly actual: Float64Array;
}

/** A table ready to learn from. */
export interface Prepared {
  readonly train: Part;
  readonly validation: Part;
  readonly test: Part;
  readonly inputs: readonly FeatureScale[];
  readonly target: TargetScale;
  readonly summary: DataSummary;
}

/** Fewer rows than this are refused. */
const fewestRows = 20;

/**
 * Splits a table and encodes its columns; means, deviations, limits and categories are fitted on training rows alone.
 * Throws an InputError in one sentence for a table that cannot be learnt from.
 */
export function prepare(
  table: Table,
  name: string,
  task: 'regression' | 'classification' | undefined,
  key: Key,
): Prepared {
  checkTable(table);
  const target = findTarget(table, name, task);
  for (const column of table.columns) {
    if (column.values.every((v) => v === null)) {
      throw new InputError(
        `${table.source}: column "${column.name}" has no value in any of its ${table.rows} rows; expected at least one, or no such column`,
      );
    }
  }
  const rows = target.column.values.flatMap((v, row) => (v === null ? [] : [row]));
  if (rows.length < fewestRows) {
    throw new InputError(
      `${table.source}: ${rows.length} rows have a value in the target column "${name}"; expected at least ${fewestRows}`,
    );
  }
  const split = splitRows(rows, key);
  const encoded = table.columns.map((column) =>
    column === target.column ? undefined : encodeColumn(column, split.train),
  );
  const inputs = encoded.flatMap((column) => column?.inputs ?? []);
  if (inputs.length === 0)
    throw new InputError(`${table.source}: no column is left to predict "${name}" from; expected one that varies`);
  const names = inputs.map((input) => input.scale.name);
  const twice = names.find((input, i) => names.indexOf(input) !== i);
  if (twice !== undefined) {
    throw new InputError(
      `${table.source}: two inputs would be called "${twice}", a column and a value of another; expected different names`,
    );
  }

  const scale = fitTarget(table, target.column, target.task, split.train);
  const part = (which: readonly number[]): Part => {
    const x = new Float64Array(which.length * inputs.length);
    which.forEach((row, i) => {
      inputs.forEach(({ values }, d) => {
        x[i * inputs.length + d] = values[row];
      });
    });
    return { x: tensor(x, [which.length, inputs.length]), ...targetOf(target.column, which, scale) };
  };
  return {
    train: part(split.train),
    validation: part(split.validation),
    test: part(split.test),
    inputs: inputs.map((input) => input.scale),
    target: scale,
    summary: {
      rows: table.rows,
      rowsWithoutTarget: table.rows - rows.length,
      train: split.train.length,
      validation: split.validation.length,
      test: split.test.length,
      columns: table.columns.map((column, i) => encoded[i]?.summary ?? targetSummary(column, scale)),
      inputs: names,
    },
  };
}

function fitTarget(
  table: Table,
  column: Column,
  task: 'regression' | 'classification',
  train: readonly number[],
): TargetScale {
  const values = train.map((row) => column.values[row]);
  if (task === 'classification') return { task, classes: classLabels(column.values) };
  const numbers = values.map(Number);
  const { mean, deviation } = moments(numbers);
  // Rounding of the mean gives equal numbers a deviation.
  if (numbers.every((v) => v === numbers[0]) || deviation === 0) {
    throw new InputError(
      `${table.source}: the target column "${column.name}" is the same in all ${train.length} training rows; expected different values`,
    );
  }
  return { task, mean, deviation };
}

function targetOf(column: Column, rows: readonly number[], scale: TargetScale): Pick<Part, 'y' | 'actual'> {
  if (scale.task === 'regression') {
    const actual = Float64Array.from(rows, (row) => Number(column.values[row]));
    return {
      actual,
      y: tensor(
        actual.map((v) => (v - scale.mean) / scale.deviation),
        [rows.length, 1],
      ),
    };
  }
  const { classes } = scale;
  const actual = Float64Array.from(rows, (row) => classes.indexOf(String(column.values[row])));
  const y = new Float64Array(rows.length * classes.length);
  actual.forEach((c, i) => {
    y[i * classes.length + c] = 1;
  });
  return { actual, y: tensor(y, [rows.length, classes.length]) };
}

function targetSummary(column: Column, scale: TargetScale): ColumnSummary {
  const note =
    scale.task === 'regression'
      ? `to be predicted; mean ${Number(scale.mean.toPrecision(4))}, deviation ${Number(scale.deviation.toPrecision(4))} on the training rows`
      : `to be predicted; classes ${scale.classes.join(', ')}`;
  return {
    name: column.name,
    kind: 'target',
    missing: column.values.filter((v) => v === null).length,
    note,
    inputs: [],
  };
}
