import type { CentredTrain } from './centred-train.js';
import type { Samples } from './samples.js';

/** Rows of the cores before each mode and behind it, for every sample: left[k] is [S, r_k], right[k] is [S, r_k]. */
export interface Frames {
  readonly left: Float64Array[];
  readonly right: Float64Array[];
}

/** Frames of a train: all on the right, the trivial one on the left. */
export function startFrames(train: CentredTrain, samples: Samples): Frames {
  const order = train.shape.length;
  const count = samples.values.length;
  const frames: Frames = { left: new Array<Float64Array>(order + 1), right: new Array<Float64Array>(order + 1) };
  frames.left[0] = new Float64Array(count).fill(1);
  frames.right[order] = new Float64Array(count).fill(1);
  for (let k = order - 1; k > 0; k--) extendRight(frames, train, samples, k);
  return frames;
}

/** left[k + 1] = left[k]·G_k[:, i, :] */
export function extendLeft({ left }: Frames, { shape, ranks, cores }: CentredTrain, samples: Samples, k: number): void {
  const [n, r, next] = [shape[k], ranks[k], ranks[k + 1]];
  const { points, values } = samples;
  const order = shape.length;
  const core = cores[k];
  const rows = left[k];
  const out = new Float64Array(values.length * next);
  for (let s = 0; s < values.length; s++) {
    const i = points[s * order + k];
    for (let a = 0; a < r; a++) {
      const v = rows[s * r + a];
      const at = (a * n + i) * next;
      for (let b = 0; b < next; b++) out[s * next + b] += v * core[at + b];
    }
  }
  left[k + 1] = out;
}

/** right[k] = G_k[:, i, :]·right[k + 1] */
export function extendRight(
  { right }: Frames,
  { shape, ranks, cores }: CentredTrain,
  samples: Samples,
  k: number,
): void {
  const [n, r, next] = [shape[k], ranks[k], ranks[k + 1]];
  const { points, values } = samples;
  const order = shape.length;
  const core = cores[k];
  const rows = right[k + 1];
  const out = new Float64Array(values.length * r);
  for (let s = 0; s < values.length; s++) {
    const i = points[s * order + k];
    for (let a = 0; a < r; a++) {
      const at = (a * n + i) * next;
      let sum = 0;
      for (let b = 0; b < next; b++) sum += core[at + b] * rows[s * next + b];
      out[s * r + a] = sum;
    }
  }
  right[k] = out;
}
