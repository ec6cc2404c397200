import type { TtNumbers } from '../tt-numbers.js';

/** Elements of a train at points [S, N] that are in range. Cost: 2·S·Σ r_k·r_{k+1} flops. */
export function trainAt({ shape, ranks, cores }: TtNumbers, points: Int32Array): Float64Array {
  const order = shape.length;
  const count = points.length / order;
  const most = ranks.reduce((a, b) => Math.max(a, b), 1);
  const values = new Float64Array(count);
  let row = new Float64Array(most);
  let next = new Float64Array(most);
  for (let s = 0; s < count; s++) {
    row[0] = 1;
    for (let k = 0; k < order; k++) {
      stepRow(row, next, cores[k], ranks[k], shape[k], ranks[k + 1], points[s * order + k]);
      [row, next] = [next, row];
    }
    values[s] = row[0];
  }
  return values;
}

/** next = row·G[:, i, :] */
function stepRow(
  row: Float64Array,
  next: Float64Array,
  core: Float64Array,
  r: number,
  n: number,
  s: number,
  i: number,
): void {
  next.fill(0, 0, s);
  for (let a = 0; a < r; a++) {
    const v = row[a];
    const at = (a * n + i) * s;
    for (let b = 0; b < s; b++) next[b] += v * core[at + b];
  }
}
