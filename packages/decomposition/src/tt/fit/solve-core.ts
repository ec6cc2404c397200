import { gemm } from '@neuronseek/tensor/kernels';
import { solveNormal } from '../../cp/als/solve-normal.js';
import type { CentredTrain } from './centred-train.js';
import type { Frames } from './frames.js';
import type { Samples } from './samples.js';

/** Samples that enter a normal matrix together. */
const BLOCK = 256;

/**
 * Solves for core k, the centre: for each of its slices the least squares over the samples there, whose rows are products left ⊗ right. Ridge
 * in units of the mean diagonal entry of the normal matrix; least norm where that is singular, zeros where there is no sample.
 * Cost: 2·S·(r·r')² flops and n·(r·r')³.
 */
export function solveCore(
  train: CentredTrain,
  { left, right }: Frames,
  samples: Samples,
  k: number,
  ridge: number,
): void {
  const { shape, ranks } = train;
  const { points, values, roots } = samples;
  const [n, r, next] = [shape[k], ranks[k], ranks[k + 1]];
  const width = r * next;
  const order = shape.length;
  const core = new Float64Array(r * n * next);
  const lists = samplesBySlice(points, order, k, n);
  const rows = new Float64Array(BLOCK * width);
  const known = new Float64Array(BLOCK);
  for (let i = 0; i < n; i++) {
    const gram = new Float64Array(width * width);
    const product = new Float64Array(width);
    for (let from = 0; from < lists[i].length; from += BLOCK) {
      const count = Math.min(BLOCK, lists[i].length - from);
      for (let p = 0; p < count; p++) {
        const s = lists[i][from + p];
        known[p] = values[s] * roots[s];
        for (let a = 0; a < r; a++) {
          const v = left[k][s * r + a] * roots[s];
          for (let b = 0; b < next; b++) rows[p * width + a * next + b] = v * right[k + 1][s * next + b];
        }
      }
      gemm(width, width, count, rows, 0, 1, width, rows, 0, width, 1, gram, 0, width, true);
      gemm(1, width, count, known, 0, count, 1, rows, 0, width, 1, product, 0, width, true);
    }
    let trace = 0;
    for (let p = 0; p < width; p++) trace += gram[p * width + p];
    for (let p = 0; p < width; p++) gram[p * width + p] += (ridge * trace) / width;
    const solved = solveNormal(width, gram, product);
    for (let a = 0; a < r; a++) {
      for (let b = 0; b < next; b++) core[(a * n + i) * next + b] = solved[a * next + b];
    }
  }
  train.cores[k] = core;
}

function samplesBySlice(points: Int32Array, order: number, k: number, n: number): number[][] {
  const lists = Array.from({ length: n }, (): number[] => []);
  for (let s = 0; s * order < points.length; s++) lists[points[s * order + k]].push(s);
  return lists;
}
