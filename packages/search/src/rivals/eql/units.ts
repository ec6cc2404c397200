import type { LabelledTable } from '@neuronseek/network';
import { flatten, type Tensor } from '@neuronseek/tensor';
import type { Units } from '../programs/rows.js';

/**
 * Powers of two that bring inputs whose root mean square is not between 1/8 and 8 near 1, and the target's deviation for any size: weights that start near 1
 * reach neither 1e-6 nor 1e6 by steps of 0.01. Dividing by them changes no digit.
 */
export function eqlUnits({ x, y }: LabelledTable): Units {
  const inputs = Array.from({ length: x.shape[1] }, (_, d) => {
    const size = rootMeanSquare(columnOf(x, d), 0);
    return size === 0 || (size > 1 / 8 && size < 8) ? 1 : powerOfTwo(size);
  });
  const values = columnOf(y, 0);
  const size = rootMeanSquare(
    values,
    values.reduce((sum, v) => sum + v / values.length, 0),
  );
  return { inputs, target: size > 0 ? powerOfTwo(size) : 1 };
}

function columnOf(t: Tensor, d: number): Float64Array {
  const [elements, [rows, columns]] = [flatten(t), t.shape];
  return Float64Array.from({ length: rows }, (_, i) => Number(elements[i * columns + d]));
}

/** Of values − centre, divided by the largest before they are squared: they may be near the end of the range. */
function rootMeanSquare(values: Float64Array, centre: number): number {
  let largest = 0;
  for (const v of values) largest = Math.max(largest, Math.abs(v - centre));
  if (largest === 0) return 0;
  let sum = 0;
  for (const v of values) sum += ((v - centre) / largest) ** 2;
  return largest * Math.sqrt(sum / values.length);
}

function powerOfTwo(size: number): number {
  let unit = 1;
  while (unit * 2 <= size) unit *= 2;
  while (unit > size) unit /= 2;
  return unit;
}
