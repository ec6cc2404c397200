import { gramSpectrum } from '../../low-rank/mode-spectrum.js';
import type { NormalizedData } from '../../normalized-data.js';

/** Singular values of the unfoldings, in units of ‖x‖, and what they say about ranks. */
export interface Spectra {
  /** Per mode, descending. From Gram matrices: below 1e-8 there is only rounding. */
  readonly values: readonly (readonly number[])[];
  /** For each of some tolerances the multilinear rank: per mode, how many singular values a truncation with that relative error keeps. */
  readonly ranks: readonly { readonly eps: number; readonly ranks: readonly number[] }[];
}

/** Tolerances that ranks are listed for. */
const TOLERANCES = [0.3, 0.1, 0.03, 0.01, 1e-3, 1e-4, 1e-6];

export function spectraOf({ elements, shape }: NormalizedData): Spectra {
  const values = shape.map((_, mode) => Array.from(gramSpectrum(elements, shape, mode).values));
  return { values, ranks: TOLERANCES.map((eps) => ({ eps, ranks: values.map((list) => kept(list, eps)) })) };
}

/** The fewest leading values whose rest has a norm of at most eps. */
function kept(values: readonly number[], eps: number): number {
  let [count, tail] = [values.length, 0];
  while (count > 1) {
    tail += values[count - 1] * values[count - 1];
    if (tail > eps * eps) break;
    count--;
  }
  return count;
}

/** Singular values below this, in units of the norm, are rounding of the Gram matrix. */
const ROUNDING = 1e-7;

/**
 * The number of singular values before the widest gap, the largest over the modes: a lower bound of the CP rank where noise is small.
 * Ratios are taken between neighbours, values below rounding counting as at it.
 */
export function rankByGap({ values }: Spectra): number {
  return values.reduce((most, list) => Math.max(most, beforeWidestGap(list)), 1);
}

function beforeWidestGap(values: readonly number[]): number {
  const floored = [...values.map((value) => Math.max(value, ROUNDING)), ROUNDING];
  let [count, widest] = [1, 0];
  for (let k = 1; k < values.length; k++) {
    const ratio = floored[k - 1] / floored[k];
    if (ratio > widest) [count, widest] = [k, ratio];
  }
  return count;
}
