import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Tensor, tensor } from '@neuronseek/tensor';
import { type Key, permutation } from '@neuronseek/tensor/random';

/** Rows of numbers, the target last. */
export interface NumericTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

/** Training and test rows with columns and target standardised by the training rows. */
export interface SplitTable {
  readonly train: { readonly x: Tensor; readonly y: Tensor };
  readonly test: { readonly x: Tensor; readonly y: Tensor };
}

/** A table of ../../shared/data; a text says why there is none. */
export function loadTable(name: string): NumericTable | string {
  const file = `../../shared/data/${name}.csv.gz`;
  if (!existsSync(file)) return `no such file: ${file}`;
  const [head, ...lines] = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  const rows = lines.map((line) => line.split(',').map(Number));
  const columns = head.split(',');
  if (rows.some((row) => row.length !== columns.length || row.some((v) => !Number.isFinite(v)))) {
    return `${name} has cells that are no numbers`;
  }
  return { columns, rows };
}

/** A fifth of the rows, drawn by the key, for the test. */
export function splitTable({ columns, rows }: NumericTable, key: Key): SplitTable {
  const order = Array.from(permutation(key, rows.length));
  const held = Math.round(rows.length / 5);
  const shuffled = order.map((i) => rows[i]);
  const [test, train] = [shuffled.slice(0, held), shuffled.slice(held)];
  const scales = columns.map((_, c) => scaleOf(train.map((row) => row[c])));
  const scaled = (part: readonly (readonly number[])[]): SplitTable['train'] => {
    const values = part.map((row) => row.map((v, c) => (v - scales[c].mean) / scales[c].deviation));
    return {
      x: tensor(values.map((row) => row.slice(0, -1))),
      y: tensor(values.map((row) => row.slice(-1))),
    };
  };
  return { train: scaled(train), test: scaled(test) };
}

/** Mean and deviation; a column that is constant stays as it is but for its mean. */
function scaleOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
  return { mean, deviation: deviation > 0 ? deviation : 1 };
}
