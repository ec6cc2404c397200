import type { Shape } from '@neuronseek/tensor';
import { checkMode } from '../checks/check-mode.js';

/** How large a Tucker decomposition is to be: either given ranks, or as small as a relative error allows. */
export type TuckerSize =
  | {
      /** Columns of the factors: one number a mode, or one for all of them. Those above the size of their mode count as that size. */
      readonly ranks: number | readonly number[];
      readonly eps?: undefined;
    }
  | {
      /** Bound of the relative error, from 0 to below 1; what is less than rounding counts as rounding. */
      readonly eps: number;
      readonly ranks?: undefined;
    };

/** The size asked for, checked: a rank a mode, or eps. */
export type ResolvedSize = { readonly ranks: readonly number[] } | { readonly eps: number };

/** Refuses a size that is neither ranks nor eps, or out of range. Ranks are those of `modes`, in their order; other modes keep their size. */
export function resolveSize(
  name: string,
  { ranks, eps }: { readonly ranks?: number | readonly number[]; readonly eps?: number },
  shape: Shape,
  modes: readonly number[],
): ResolvedSize {
  if ((ranks === undefined) === (eps === undefined)) {
    throw new RangeError(`${name}: needs either ranks or eps: received ${ranks === undefined ? 'neither' : 'both'}`);
  }
  if (ranks !== undefined) return { ranks: resolveRanks(name, ranks, shape, modes) };
  if (!(typeof eps === 'number' && eps >= 0 && eps < 1)) {
    throw new RangeError(`${name}: eps is not a number from 0 to below 1: ${eps}`);
  }
  return { eps };
}

/** One rank a mode of the tensor, at most its size. */
export function resolveRanks(
  name: string,
  ranks: number | readonly number[],
  shape: Shape,
  modes: readonly number[],
): readonly number[] {
  const list = typeof ranks === 'number' ? modes.map(() => ranks) : ranks;
  if (!Array.isArray(list)) {
    throw new TypeError(`${name}: ranks is not a number or an array of numbers: ${String(ranks)}`);
  }
  if (list.length !== modes.length) {
    throw new RangeError(`${name}: ranks has length ${list.length}, expected ${modes.length}, one a mode`);
  }
  list.forEach((rank, i) => {
    if (Number.isSafeInteger(rank) && rank >= 1) return;
    throw new RangeError(`${name}: the rank of mode ${modes[i]} is not a positive integer: ${rank}`);
  });
  return shape.map((size, mode) => (modes.includes(mode) ? Math.min(size, list[modes.indexOf(mode)]) : size));
}

/** The modes asked for, each once, all where none are named. */
export function resolveModes(name: string, modes: readonly number[] | undefined, order: number): readonly number[] {
  if (modes === undefined) return Array.from({ length: order }, (_, mode) => mode);
  if (!Array.isArray(modes)) throw new TypeError(`${name}: modes is not an array of modes: ${String(modes)}`);
  if (modes.length === 0) throw new RangeError(`${name}: modes is empty: at least one mode is needed`);
  modes.forEach((mode, i) => {
    checkMode(`${name}: modes`, mode, order);
    if (modes.indexOf(mode) !== i) throw new RangeError(`${name}: mode ${mode} occurs twice: [${modes.join(', ')}]`);
  });
  return modes;
}
