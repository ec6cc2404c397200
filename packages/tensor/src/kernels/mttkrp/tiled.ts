import { type FloatArray, gemm } from '../gemm/index.js';
import { COLUMN_BLOCK, chunkRows, type Half, type HalfSizes, ROW_BLOCK } from './contract.js';
import { productOf } from './cut.js';
import { growProduct, khatriRaoRows } from './khatri-rao-rows.js';
import { type RestStep, restSteps, spareRows } from './rest-steps.js';

/** One matrix product for every block of rows of the Khatri–Rao product, in ordinary arrays. */
export function tiledHalf(x: FloatArray, { gone, kept, side, rank }: HalfSizes): Half {
  const [goneSize, keptSize] = [productOf(gone), productOf(kept)];
  const last = gone.at(-1) ?? 1;
  const block = side === 'right' ? COLUMN_BLOCK : ROW_BLOCK;
  const chunk = side === 'right' ? goneSize : chunkRows(goneSize);
  const [outer, spareOuter] = [0, 1].map(() => new Float64Array((goneSize / last) * rank));
  const ones = new Float64Array(rank).fill(1);
  const tile = new Float64Array(Math.min(block, goneSize) * rank);
  const partial = new Float64Array(keptSize * rank);
  const chunkSum = new Float64Array(chunk < goneSize ? partial.length : 0);
  const [rowStride, colStride] = side === 'right' ? [goneSize, 1] : [1, keptSize];
  const steps = kept.map((_, mode) => restSteps(kept, mode));
  const spares = [0, 1].map(() => new Float64Array(spareRows(steps) * rank));
  const outs = kept.map((n) => new Float64Array(n * rank));

  const contract = (factors: readonly Float64Array[]): void => {
    const leading = growProduct(factors.slice(0, -1), rank, outer, spareOuter);
    const trailing = factors.at(-1) ?? ones;
    for (let from = 0; from < goneSize; from += chunk) {
      const end = Math.min(from + chunk, goneSize);
      const target = from === 0 ? partial : chunkSum;
      for (let at = from; at < end; at += block) {
        const depth = Math.min(block, end - at);
        khatriRaoRows(at, depth, leading, trailing, last, rank, tile);
        const first = at * colStride;
        gemm(keptSize, rank, depth, x, first, rowStride, colStride, tile, 0, rank, 1, target, 0, rank, at > from);
      }
      if (from > 0) for (let q = 0; q < partial.length; q++) partial[q] += chunkSum[q];
    }
  };

  const rest = (mode: number, factors: readonly Float64Array[]): Float64Array => {
    let from = partial;
    steps[mode].forEach((step, s) => {
      const to = s === steps[mode].length - 1 ? outs[mode] : spares[s % 2];
      contractStep(step, rank, from, factors[step.mode], to);
      from = to;
    });
    if (steps[mode].length === 0) outs[mode].set(partial);
    return outs[mode];
  };
  return { contract, rest, release: () => {} };
}

function contractStep(
  { which, size, blocks }: RestStep,
  rank: number,
  from: Float64Array,
  factor: Float64Array,
  to: Float64Array,
): void {
  to.fill(0, 0, blocks * rank);
  const [outerCount, innerCount] = which === 'last' ? [blocks, size] : [size, blocks];
  let at = 0;
  for (let o = 0; o < outerCount; o++) {
    for (let i = 0; i < innerCount; i++) {
      const target = (which === 'last' ? o : i) * rank;
      const row = (which === 'last' ? i : o) * rank;
      for (let r = 0; r < rank; r++) to[target + r] += from[at + r] * factor[row + r];
      at += rank;
    }
  }
}
