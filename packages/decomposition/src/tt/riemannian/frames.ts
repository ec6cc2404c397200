import { gemm } from '@neuronseek/tensor/kernels';
import { qrFactors } from '../../low-rank/qr-factors.js';
import { orthogonalTrain } from '../orthogonalize.js';
import { scaledProduct } from '../scaled.js';
import type { TtNumbers } from '../tt-numbers.js';

/** A train with orthogonal cores from both sides, as the tangent space at it is described by. */
export interface TangentFrames {
  readonly shape: readonly number[];
  readonly ranks: readonly number[];
  /** Left-orthogonal cores but for the last, which is the train's own behind them. */
  readonly left: readonly Float64Array[];
  /** Right-orthogonal cores; all but the first are used. */
  readonly right: readonly Float64Array[];
}

/** Frames of the tangent space at a train, whose ranks shrink where sizes do not allow them; the last left core carries its norm. */
export function tangentFrames(numbers: TtNumbers): TangentFrames {
  // From the right first, so that on the way back no rank exceeds what its sizes allow on either side.
  const last = numbers.shape.length - 1;
  const backward = orthogonalTrain(numbers, 0);
  const { shape, ranks, cores: left, scales } = orthogonalTrain(backward, last);
  const norm = scaledProduct([...backward.scales, ...scales]);
  for (let q = 0; q < left[last].length; q++) left[last][q] *= norm;
  const right = [...left];
  let centre = left[last];
  for (let k = last; k > 0; k--) {
    const [r, columns] = [ranks[k], shape[k] * ranks[k + 1]];
    const { q, r: triangle } = qrFactors(transposed(centre, r, columns), columns, r);
    right[k] = transposed(q, columns, r);
    const before = ranks[k - 1] * shape[k - 1];
    centre = new Float64Array(before * r);
    gemm(before, r, r, left[k - 1], 0, r, 1, triangle, 0, 1, r, centre, 0, r, false);
  }
  return { shape, ranks, left, right };
}

function transposed(matrix: Float64Array, m: number, n: number): Float64Array {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out[j * m + i] = matrix[i * n + j];
  return out;
}
