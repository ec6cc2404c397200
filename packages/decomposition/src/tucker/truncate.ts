import { fold } from '@neuronseek/tensor/random';
import { modeSubspace, type SpectrumCut, type SubspaceMethod } from '../low-rank/mode-subspace.js';
import type { Scratch } from '../low-rank/scratch.js';
import type { NormalizedData } from '../normalized-data.js';
import { type Dense, project } from './mode-tree.js';
import type { ResolvedSize } from './size-options.js';

/** Bases of modes, none for those that stay as they are, and the data projected on them; none of it to be written to. */
export interface Projection {
  readonly ranks: readonly number[];
  readonly bases: readonly (Float64Array | undefined)[];
  readonly core: Float64Array;
}

/** What a truncation found. */
export interface Truncated extends Projection {
  /** Singular values of each unfolding as it stood when it was truncated, for data of norm 1; none for other modes. */
  readonly values: readonly Float64Array[];
}

/** Truncates the given modes, one after another; `sequential`: each sees the data projected on the bases found so far. */
export function truncate(
  { elements, shape }: NormalizedData,
  size: ResolvedSize,
  modes: readonly number[],
  sequential: boolean,
  method: SubspaceMethod,
  scratch: Scratch,
): Truncated {
  const bases: (Float64Array | undefined)[] = shape.map(() => undefined);
  const values: Float64Array[] = shape.map(() => new Float64Array(0));
  return scratch.within(() => {
    let current: Dense = { elements, shape };
    for (const mode of modes) {
      const cut = cutOf(size, mode, current.shape[mode], modes.length);
      const keyed = { ...method, key: fold(method.key, mode) };
      const found = modeSubspace(current.elements, current.shape, mode, cut, keyed);
      bases[mode] = found.basis;
      values[mode] = found.values;
      if (sequential) current = project(current, [mode], bases, scratch);
    }
    if (!sequential) current = project(current, modes, bases, scratch);
    return { ranks: current.shape, bases, core: current.elements.slice(), values };
  });
}

/** The share eps²/N of ‖x‖² that may be left out in each of N modes: together ‖x - x̂‖² ≤ eps²·‖x‖². (Vannieuwenhoven, Vandebril & Meerbergen 2012) */
function cutOf(size: ResolvedSize, mode: number, rows: number, modes: number): SpectrumCut {
  if ('ranks' in size) return { rank: size.ranks[mode] };
  return { discarded: Math.max(size.eps / Math.sqrt(modes), rows * 2 ** -52) };
}
