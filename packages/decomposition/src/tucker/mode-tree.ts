import { around, multiplyMode, projecting, sizeOf, withSize } from '../low-rank/multiply-mode.js';
import type { Scratch } from '../low-rank/scratch.js';

/** A dense tensor with its shape. */
export interface Dense {
  readonly elements: Float64Array;
  readonly shape: readonly number[];
}

/** Factors [Iₙ, Rₙ] to project with; none for a mode that stays as it is. */
export type Projections = readonly (Float64Array | undefined)[];

/** The tensor projected, ×ₙ Aₙᵀ, in each of the given modes that has a factor, the mode that shrinks most first. Memory from `scratch`. */
export function project(x: Dense, modes: readonly number[], factors: Projections, scratch: Scratch): Dense {
  const waiting = modes.filter((mode) => factors[mode] !== undefined);
  let current = x;
  while (waiting.length > 0) {
    const mode = cheapest(current.shape, waiting, factors);
    waiting.splice(waiting.indexOf(mode), 1);
    const factor = factors[mode] ?? new Float64Array(0);
    const rank = factor.length / current.shape[mode];
    const shape = withSize(current.shape, mode, rank);
    const elements = scratch.take(sizeOf(shape));
    multiplyMode(current.elements, current.shape, mode, projecting(factor, rank), elements);
    current = { elements, shape };
  }
  return current;
}

/** The mode that shrinks most; among equals the one that takes the fewest matrix products. */
function cheapest(shape: readonly number[], modes: readonly number[], factors: Projections): number {
  const cost = (mode: number): [share: number, products: number] => {
    const { left, right } = around(shape, mode);
    const factor = factors[mode];
    return [factor ? factor.length / shape[mode] ** 2 : 1, right === 1 ? 1 : left];
  };
  return modes.reduce((best, mode) => {
    const [a, b] = [cost(best), cost(mode)];
    return b[0] < a[0] || (b[0] === a[0] && b[1] < a[1]) ? mode : best;
  });
}

/**
 * Calls `visit(mode, w)` for the wanted modes in increasing order, w = x ×_{m≠mode} Aₘᵀ with the factors as they stand at that moment:
 * `visit` may overwrite factors[mode].
 *
 * Modes are halved again and again, and all modes of one half share the projection in the modes of the other: two passes over x for any
 * order, 4·R·size(x) flops, instead of N. What `visit` is given is gone after it. (Kaya & Uçar 2016)
 */
export function eachProjection(
  x: Dense,
  factors: Projections,
  wanted: readonly boolean[],
  scratch: Scratch,
  visit: (mode: number, w: Dense) => void,
): void {
  const descend = (node: Dense, modes: readonly number[]): void => {
    if (!modes.some((mode) => wanted[mode])) return;
    if (modes.length === 1) {
      visit(modes[0], node);
      return;
    }
    const cut = Math.ceil(modes.length / 2);
    const [first, second] = [modes.slice(0, cut), modes.slice(cut)];
    const branch = (kept: readonly number[], gone: readonly number[]): void => {
      if (!kept.some((mode) => wanted[mode])) return;
      scratch.within(() => {
        descend(project(node, gone, factors, scratch), kept);
      });
    };
    branch(first, second);
    branch(second, first);
  };
  descend(
    x,
    x.shape.map((_, mode) => mode),
  );
}
