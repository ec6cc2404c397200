import { showShape } from '@neuronseek/tensor';
import { checkRank } from '../checks/check-rank.js';
import { completeOptions } from '../fit/complete-options.js';

/** How a tensor train is cut. */
export interface TtTruncation {
  /**
   * Largest relative error: the result is within eps · ‖x‖ of x, with ranks as small as successive truncations at eps · ‖x‖ / √(N - 1) find
   * them. 0 leaves out what rounding cannot tell from zero. Default: undefined, no truncation but by `ranks`.
   */
  readonly eps?: number;
  /**
   * Largest ranks: one number for all inner ones, or the list r₀ = 1, r₁, …, r_N = 1. Given beside `eps` they come first, and the error may
   * exceed it. Default: undefined, no limit.
   */
  readonly ranks?: number | readonly number[];
}

/** Defaults of how a tensor train is cut. */
export const ttTruncationDefaults: TtTruncation = { eps: undefined, ranks: undefined };

/** The same with one cap a rank. */
export interface ResolvedTruncation {
  readonly eps: number | undefined;
  /** Infinity where there is none; boundary ranks 1. */
  readonly caps: readonly number[];
}

/** Checks where a train of the given number of modes shall be cut. */
export function resolveTruncation(name: string, options: TtTruncation, order: number): ResolvedTruncation {
  const { eps, ranks } = completeOptions(name, ttTruncationDefaults, options);
  if (eps === undefined && ranks === undefined) {
    throw new RangeError(`${name}: needs eps, ranks or both: received neither`);
  }
  if (eps !== undefined && !(eps >= 0 && eps < Infinity)) {
    throw new RangeError(`${name}: eps is not a finite number from 0: ${eps}`);
  }
  return { eps, caps: ranks === undefined ? uniformRanks(Infinity, order) : rankList(name, ranks, order) };
}

/** Ranks with both boundaries: checked where they are a list, repeated between the boundaries where they are one number. */
export function rankList(name: string, ranks: number | readonly number[], order: number): number[] {
  if (typeof ranks === 'number') {
    checkRank(name, ranks);
    return uniformRanks(ranks, order);
  }
  if (!Array.isArray(ranks)) throw new TypeError(`${name}: ranks is not a number or a list: ${String(ranks)}`);
  if (ranks.length !== order + 1) {
    throw new RangeError(
      `${name}: ranks has length ${ranks.length}, expected ${order + 1}, the boundary ranks 1 included: ${showShape(ranks)}`,
    );
  }
  for (const rank of ranks) checkRank(name, rank);
  if (ranks[0] !== 1 || ranks[order] !== 1) {
    throw new RangeError(`${name}: boundary ranks are not 1: ranks are ${showShape(ranks)}`);
  }
  return [...ranks];
}

/** Ranks that sizes and neighbours allow, at most those given: r_{k+1} ≤ r_k·n_k and r_k ≤ n_k·r_{k+1}. */
export function possibleRanks(shape: readonly number[], ranks: readonly number[]): number[] {
  const possible = [...ranks];
  for (let k = 1; k < shape.length; k++) possible[k] = Math.min(possible[k], possible[k - 1] * shape[k - 1]);
  for (let k = shape.length - 1; k > 0; k--) possible[k] = Math.min(possible[k], possible[k + 1] * shape[k]);
  return possible;
}

function uniformRanks(rank: number, order: number): number[] {
  return Array.from({ length: order + 1 }, (_, k) => (k === 0 || k === order ? 1 : rank));
}
