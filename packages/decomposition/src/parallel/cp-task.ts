import { mttkrpSweep } from '@neuronseek/tensor/kernels';
import type { CompressedData } from '../cp/driver/compress-data.js';
import { type CpResult, fitData } from '../cp/driver/fit-data.js';
import type { ResolvedCpOptions } from '../cp/driver/options.js';
import { withMemory } from '../low-rank/scratch.js';
import type { NormalizedData } from '../normalized-data.js';
import { fromPlain, type PlainTensor, toPlain } from './plain.js';

/** One restart: plain data, whose elements are in memory that all threads see. */
export interface CpJob {
  readonly data: NormalizedData;
  /** The core that all restarts begin with, where they do. */
  readonly small: CompressedData | undefined;
  readonly rank: number;
  readonly options: Omit<ResolvedCpOptions, 'signal' | 'onProgress'>;
}

/** The result of a restart as it travels back. */
export interface CpAnswer {
  readonly weights: PlainTensor;
  readonly factors: readonly PlainTensor[];
  readonly rest: Omit<CpResult, 'weights' | 'factors'>;
}

/** What a thread does for `cpRestarts`. Runs on a core leave a few passes over the data, which does not pay for a copy of them; others go over them again and again. */
export function cpTask({ data, small, rank, options }: CpJob): CpAnswer {
  if (small !== undefined) return answer(data, small, rank, options);
  const { length } = data.elements;
  return withMemory(length, 0, (allocate) => {
    const elements = allocate(length);
    elements.set(data.elements);
    return answer({ ...data, elements }, small, rank, options);
  });
}

function answer(
  data: NormalizedData,
  small: CompressedData | undefined,
  rank: number,
  options: CpJob['options'],
): CpAnswer {
  const products = mttkrpSweep(data.elements, data.shape, rank);
  try {
    const { weights, factors, ...rest } = fitData(data, products, rank, options, small);
    return { weights: toPlain(weights), factors: factors.map(toPlain), rest };
  } finally {
    products.release();
  }
}

/** The result of `cp` again. */
export function toResult({ weights, factors, rest }: CpAnswer): CpResult {
  return { ...rest, weights: fromPlain(weights), factors: factors.map(fromPlain) };
}
