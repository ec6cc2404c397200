import { gemm } from '@neuronseek/tensor/kernels';
import { crossPoints, ofRows } from '../cross/index-set.js';
import { trainAt } from '../cross/train-at.js';
import { orthogonalTrain } from '../orthogonalize.js';
import type { TtNumbers } from '../tt-numbers.js';

/** Up to `width` indices [S, N] from either end, built mode by mode from the partial ones whose slices have the largest norm. */
export function beamSearch(numbers: TtNumbers, width: number): Int32Array {
  const order = numbers.shape.length;
  const forward = halfSearch(numbers, width);
  if (forward.length / order < width || order === 1) return forward;
  const backward = halfSearch(reversed(numbers), width);
  const points = new Int32Array(forward.length + backward.length);
  points.set(forward);
  for (let q = 0; q < backward.length; q++) {
    const mode = q % order;
    points[forward.length + q - mode + order - 1 - mode] = backward[q];
  }
  return points;
}

/** From the first mode to the last: the cores behind are orthogonal, so that rows have the norms of the slices. */
function halfSearch(numbers: TtNumbers, width: number): Int32Array {
  const { shape, ranks, cores } = orthogonalTrain(numbers, 0);
  const order = shape.length;
  let count = 1;
  let rows: Float64Array = Float64Array.of(1);
  let points: Int32Array = new Int32Array(order);
  for (let k = 0; k < order; k++) {
    const [n, r, next] = [shape[k], ranks[k], ranks[k + 1]];
    const all = new Float64Array(count * n * next);
    gemm(count, n * next, r, rows, 0, r, 1, cores[k], 0, n * next, 1, all, 0, n * next, false);
    const kept = strongest(all, count * n, next, width);
    const keptPoints = new Int32Array(kept.length * order);
    const keptRows = new Float64Array(kept.length * next);
    kept.forEach((s, at) => {
      const parent = Math.floor(s / n) * order;
      keptPoints.set(points.subarray(parent, parent + order), at * order);
      keptPoints[at * order + k] = s % n;
      keptRows.set(all.subarray(s * next, (s + 1) * next), at * next);
    });
    [count, rows, points] = [kept.length, keptRows, keptPoints];
  }
  return points;
}

/** Numbers of the rows of largest norm, in their order; all where they are few. */
function strongest(rows: Float64Array, count: number, length: number, width: number): number[] {
  const all = Array.from({ length: count }, (_, s) => s);
  if (count <= width) return all;
  const norms = new Float64Array(count);
  for (let s = 0; s < count; s++) {
    for (let c = 0; c < length; c++) norms[s] += rows[s * length + c] * rows[s * length + c];
  }
  const sorted = all.sort((a, b) => norms[b] - norms[a] || a - b);
  return sorted.slice(0, width).sort((a, b) => a - b);
}

/** The train of the modes in reverse order. */
function reversed({ shape, ranks, cores }: TtNumbers): TtNumbers {
  const order = shape.length;
  return {
    shape: [...shape].reverse(),
    ranks: [...ranks].reverse(),
    cores: Array.from({ length: order }, (_, q) => {
      const k = order - 1 - q;
      const [r, n, s] = [ranks[k], shape[k], ranks[k + 1]];
      const core = new Float64Array(r * n * s);
      for (let a = 0; a < r; a++) {
        for (let i = 0; i < n; i++) {
          for (let b = 0; b < s; b++) core[(b * n + i) * r + a] = cores[k][(a * n + i) * s + b];
        }
      }
      return core;
    }),
  };
}

/** A point from which no change of one index leads to a larger element. */
export function climbed(numbers: TtNumbers, start: Int32Array): Int32Array {
  const { shape } = numbers;
  const point = start.slice();
  let value = trainAt(numbers, point)[0];
  for (let idle = 0, mode = 0; idle < shape.length; mode = (mode + 1) % shape.length) {
    const left = ofRows([point.subarray(0, mode)], mode);
    const right = ofRows([point.subarray(mode + 1)], shape.length - mode - 1);
    const values = trainAt(numbers, crossPoints(left, shape[mode], right));
    idle++;
    values.forEach((other, i) => {
      if (other <= value) return;
      value = other;
      point[mode] = i;
      idle = 0;
    });
  }
  return point;
}

export function pointOf(points: Int32Array, order: number, s: number): Int32Array {
  return points.slice(s * order, (s + 1) * order);
}
