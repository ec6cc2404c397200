import type { LabelledTable } from '@neuronseek/network';
import { type Key, permutation } from '@neuronseek/tensor/random';

/** Rows as the searches hold them. */
export interface Rows {
  readonly count: number;
  /** [D, rows], inputs one after another. */
  readonly columns: Float64Array;
  readonly y: Float64Array;
}

/** Columns of a table of numbers, each divided by its unit, and the target by its own. */
export function rowsOf({ x, y }: LabelledTable, units: Units): Rows {
  const [count, inputs] = x.shape;
  const values = x.toTypedArray();
  const columns = new Float64Array(count * inputs);
  for (let r = 0; r < count; r++) {
    for (let d = 0; d < inputs; d++) columns[d * count + r] = Number(values[r * inputs + d]) / units.inputs[d];
  }
  return { count, columns, y: Float64Array.from(y.toTypedArray(), (v) => Number(v) / units.target) };
}

/** Powers of two that bring columns of extreme size near 1, and 1 for all others: dividing by them changes no digit. */
export interface Units {
  readonly inputs: readonly number[];
  readonly target: number;
}

const EXTREME = 1e30;

export function unitsOf({ x, y }: LabelledTable): Units {
  const [count, inputs] = x.shape;
  const values = x.toTypedArray();
  const largest = new Float64Array(inputs);
  for (let i = 0; i < count * inputs; i++) {
    largest[i % inputs] = Math.max(largest[i % inputs], Math.abs(Number(values[i])));
  }
  let most = 0;
  for (const v of y.toTypedArray()) most = Math.max(most, Math.abs(Number(v)));
  return { inputs: Array.from(largest, unitOf), target: unitOf(most) };
}

function unitOf(size: number): number {
  if (size === 0 || (size < EXTREME && size > 1 / EXTREME)) return 1;
  let unit = 1;
  while (size / unit >= 2) unit *= 2;
  while (size / unit < 1) unit /= 2;
  return unit;
}

/** The rows with these numbers. */
export function takeRows({ count, columns, y }: Rows, numbers: ArrayLike<number>): Rows {
  const inputs = columns.length / count;
  const taken = numbers.length;
  const out = new Float64Array(inputs * taken);
  const target = new Float64Array(taken);
  for (let i = 0; i < taken; i++) {
    for (let d = 0; d < inputs; d++) out[d * taken + i] = columns[d * count + numbers[i]];
    target[i] = y[numbers[i]];
  }
  return { count: taken, columns: out, y: target };
}

/** A share of the rows, drawn by the key, and the others; both in random order. */
export function splitRows(rows: Rows, share: number, key: Key): readonly [kept: Rows, heldOut: Rows] {
  const order = permutation(key, rows.count);
  const held = Math.floor(share * rows.count);
  return [takeRows(rows, order.subarray(held)), takeRows(rows, order.subarray(0, held))];
}
