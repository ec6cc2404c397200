import { sizeOf } from '../low-rank/multiply-mode.js';
import { leadingColumns } from '../low-rank/orthonormal.js';
import type { TuckerNumbers } from './tucker-numbers.js';

/**
 * The leading part of a core [R₀, …] that may be kept: trailing slices go one by one while the squares of all that goes sum up to no more than
 * `budget`, each time the one that gives up least for the numbers it saves in core and factor. At least one slice of each mode stays; modes not
 * listed stay whole. Cost: about N·size(core).
 */
export function ranksWithin(
  { shape, ranks, core }: TuckerNumbers,
  modes: readonly number[],
  budget: number,
): readonly number[] {
  const kept = [...ranks];
  const squares = ranks.map((rank) => new Float64Array(rank));
  eachElement(ranks, kept, undefined, (q, index) => {
    index.forEach((i, mode) => {
      squares[mode][i] += core[q] * core[q];
    });
  });
  for (let left = budget; ; ) {
    const price = (mode: number): number => squares[mode][kept[mode] - 1] / (sizeOf(kept) / kept[mode] + shape[mode]);
    const candidates = modes.filter((mode) => kept[mode] > 1 && squares[mode][kept[mode] - 1] <= left);
    if (candidates.length === 0) return kept;
    const cheapest = candidates.reduce((best, mode) => (price(mode) < price(best) ? mode : best));
    left -= squares[cheapest][kept[cheapest] - 1];
    eachElement(ranks, kept, cheapest, (q, index) => {
      index.forEach((i, mode) => {
        if (mode !== cheapest) squares[mode][i] = Math.max(0, squares[mode][i] - core[q] * core[q]);
      });
    });
    kept[cheapest]--;
  }
}

/** The model with the leading columns of its factors and the part of the core that belongs to them. */
export function cutTo(model: TuckerNumbers, kept: readonly number[]): TuckerNumbers {
  const { shape, ranks } = model;
  const core = new Float64Array(sizeOf(kept));
  let next = 0;
  eachElement(ranks, kept, undefined, (q) => {
    core[next++] = model.core[q];
  });
  const factors = model.factors.map((factor, mode) =>
    kept[mode] === ranks[mode] ? factor : leadingColumns(factor, ranks[mode], kept[mode]),
  );
  return { shape, ranks: [...kept], core, factors };
}

/** Visits the elements of the leading part of a core in order, those of the last slice kept in `slice` alone where that is given; `index` is overwritten. */
function eachElement(
  ranks: readonly number[],
  kept: readonly number[],
  slice: number | undefined,
  visit: (q: number, index: readonly number[]) => void,
): void {
  const first = kept.map((size, mode) => (mode === slice ? size - 1 : 0));
  const index = [...first];
  for (;;) {
    let q = 0;
    for (let mode = 0; mode < ranks.length; mode++) q = q * ranks[mode] + index[mode];
    visit(q, index);
    let mode = ranks.length - 1;
    while (mode >= 0 && ++index[mode] >= kept[mode]) {
      index[mode] = first[mode];
      mode--;
    }
    if (mode < 0) return;
  }
}
