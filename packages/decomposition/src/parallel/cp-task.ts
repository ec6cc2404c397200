import { type CpResult, cp } from '../cp/cp.js';
import type { CpOptions } from '../cp/driver/options.js';
import { fromPlain, type PlainTensor, toPlain } from './plain.js';

/** One restart: plain data. */
export interface CpJob {
  readonly x: PlainTensor;
  readonly rank: number;
  readonly options: Omit<CpOptions, 'init' | 'signal' | 'onProgress'>;
}

/** The result of a restart as it travels back. */
export interface CpAnswer {
  readonly weights: PlainTensor;
  readonly factors: readonly PlainTensor[];
  readonly rest: Omit<CpResult, 'weights' | 'factors'>;
}

/** What a thread does for `cpRestarts`. */
export function cpTask({ x, rank, options }: CpJob): CpAnswer {
  const { weights, factors, ...rest } = cp(fromPlain(x), rank, options);
  return { weights: toPlain(weights), factors: factors.map(toPlain), rest };
}

/** The result of `cp` again. */
export function toResult({ weights, factors, rest }: CpAnswer): CpResult {
  return { ...rest, weights: fromPlain(weights), factors: factors.map(fromPlain) };
}
