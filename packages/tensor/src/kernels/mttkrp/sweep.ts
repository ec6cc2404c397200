import type { FloatArray } from '../gemm/contract.js';
import type { Half, HalfSizes, MttkrpSweep } from './contract.js';
import { balancedCut } from './cut.js';

/** Who does the work of one half. */
export type HalfMaker = (x: FloatArray, sizes: HalfSizes) => Half;

/** One mode by one half; see contract.ts. */
export function mttkrpBy(
  make: HalfMaker,
  x: FloatArray,
  shape: readonly number[],
  factors: readonly Float64Array[],
  rank: number,
  mode: number,
  out: Float64Array,
): void {
  const cut = balancedCut(shape);
  const side = mode < cut ? 'right' : 'left';
  const half = make(x, halfSizes(shape, cut, side, rank));
  try {
    const [leading, trailing] = [factors.slice(0, cut), factors.slice(cut)];
    half.contract(side === 'right' ? trailing : leading);
    out.set(side === 'right' ? half.rest(mode, leading) : half.rest(mode - cut, trailing));
  } finally {
    half.release();
  }
}

/** All wanted modes in two passes over x: the leading half first, then the trailing half with the leading factors as they are then. */
export function mttkrpSweepBy(make: HalfMaker, x: FloatArray, shape: readonly number[], rank: number): MttkrpSweep {
  const cut = balancedCut(shape);
  const halves = (['right', 'left'] as const).map((side) => {
    const first = side === 'right' ? 0 : cut;
    const end = side === 'right' ? cut : shape.length;
    let made: Half | undefined;
    const half = (): Half => (made ??= make(x, halfSizes(shape, cut, side, rank)));
    return { side, first, end, half, release: () => made?.release() };
  });
  return {
    run: (factors, wanted, visit) => {
      for (const { side, first, end, half } of halves) {
        if (!wanted.slice(first, end).includes(true)) continue;
        const { contract, rest } = half();
        contract(side === 'right' ? factors.slice(cut) : factors.slice(0, cut));
        for (let mode = first; mode < end; mode++) {
          if (wanted[mode]) visit(mode, rest(mode - first, factors.slice(first, end)));
        }
      }
    },
    release: () => {
      for (const { release } of halves) release();
    },
  };
}

function halfSizes(shape: readonly number[], cut: number, side: 'left' | 'right', rank: number): HalfSizes {
  const [leading, trailing] = [shape.slice(0, cut), shape.slice(cut)];
  return side === 'right'
    ? { gone: trailing, kept: leading, side, rank }
    : { gone: leading, kept: trailing, side, rank };
}
