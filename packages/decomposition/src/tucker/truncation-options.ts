import type { Key } from '@neuronseek/tensor/random';
import { key as keyOf } from '@neuronseek/tensor/random';
import type { SubspaceMethod } from '../low-rank/mode-subspace.js';
import type { TuckerSize } from './size-options.js';

/** How `hosvd`, `stHosvd` and `tucker` find singular vectors. */
export interface TruncationOptions {
  /** The modes to decompose, all where they are left out; the others get an identity as factor. */
  readonly modes?: readonly number[];
  /** 'exact': Gram matrices, or QR where their rounding would show; 'randomized': sketches, for ranks far below the sizes. Default: 'exact'. */
  readonly method?: 'exact' | 'randomized';
  /** Vectors of a sketch beyond the rank. Default: 8. */
  readonly oversampling?: number;
  /** Times a sketch is multiplied by X·Xᵀ, each worth two passes over the data. Default: 1. */
  readonly powerIterations?: number;
  /** Key of the sketches. Default: key(0). */
  readonly key?: Key;
}

/** Options of `hosvd`. */
export type HosvdOptions = TuckerSize & TruncationOptions;

/** Options of `stHosvd`. */
export type StHosvdOptions = TuckerSize &
  TruncationOptions & {
    /** The modes in the order in which they are truncated; where it is left out, the one that shrinks most first, with eps the smallest first. */
    readonly modeOrder?: readonly number[];
  };

/** Defaults of `hosvd`. */
export const hosvdDefaults: Required<Omit<TruncationOptions, 'modes'>> = {
  method: 'exact',
  oversampling: 8,
  powerIterations: 1,
  key: /* @__PURE__ */ keyOf(0),
};

/** Defaults of `stHosvd`. */
export const stHosvdDefaults: Required<Omit<TruncationOptions, 'modes'>> = hosvdDefaults;

/** Refuses a method that is out of range. */
export function checkMethod(name: string, { method, oversampling, powerIterations }: SubspaceMethod): void {
  if (method !== 'exact' && method !== 'randomized') {
    throw new RangeError(`${name}: method is not 'exact' or 'randomized': ${String(method)}`);
  }
  for (const [option, value] of Object.entries({ oversampling, powerIterations })) {
    if (Number.isSafeInteger(value) && value >= 0) continue;
    throw new RangeError(`${name}: ${option} is not an integer from 0: ${value}`);
  }
}
