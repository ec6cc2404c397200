import type { FloatArray } from './contract.js';

/** From these lengths on a row is copied by the engine, which takes 80 ns to begin; a loop moves 1 to 2 ns an element. */
const LONG_DOUBLE = 96;
const LONG_SINGLE = 40;

/**
 * to[toAt + q·toStep + i·toRow + j] = from[fromAt + q·fromStep + i·fromRow + j·fromCol] for q < count, i < rows, j < cols, converted to the type of
 * the target. What has no gaps on both sides is copied as one long row.
 */
export function copyPanels(
  count: number,
  rows: number,
  cols: number,
  to: FloatArray,
  toAt: number,
  toStep: number,
  toRow: number,
  from: FloatArray,
  fromAt: number,
  fromStep: number,
  fromRow: number,
  fromCol: number,
): void {
  if (fromCol === 1 && (rows === 1 || (toRow === cols && fromRow === cols))) {
    const length = rows * cols;
    if (toStep === length && fromStep === length) copyRows(1, count * length, to, toAt, 0, from, fromAt, 0, 1);
    else copyRows(count, length, to, toAt, toStep, from, fromAt, fromStep, 1);
    return;
  }
  for (let q = 0; q < count; q++)
    copyRows(rows, cols, to, toAt + q * toStep, toRow, from, fromAt + q * fromStep, fromRow, fromCol);
}

function copyRows(
  rows: number,
  cols: number,
  to: FloatArray,
  toAt: number,
  toRow: number,
  from: FloatArray,
  fromAt: number,
  fromRow: number,
  fromCol: number,
): void {
  const long = fromCol === 1 && cols >= (to.BYTES_PER_ELEMENT === 8 ? LONG_DOUBLE : LONG_SINGLE);
  for (let i = 0; i < rows; i++) {
    let source = fromAt + i * fromRow;
    let target = toAt + i * toRow;
    if (long) {
      to.set(source === 0 && from.length === cols ? from : from.subarray(source, source + cols), target);
      continue;
    }
    const end = target + cols;
    for (; target + 3 < end; target += 4) {
      to[target] = from[source];
      to[target + 1] = from[source + fromCol];
      to[target + 2] = from[source + 2 * fromCol];
      to[target + 3] = from[source + 3 * fromCol];
      source += 4 * fromCol;
    }
    for (; target < end; target++) {
      to[target] = from[source];
      source += fromCol;
    }
  }
}
