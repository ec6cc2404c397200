import { showShape, type Tensor } from '@neuronseek/tensor';
import { checkRank } from '../checks/check-rank.js';
import { checkTensor } from '../checks/check-tensor.js';
import type { CpTensor } from './cp-tensor.js';

/** What a CP tensor is held to, beyond one rank. */
export interface CpExpectation {
  /** Name of the argument where there are several: 'init', 'b'. */
  readonly argument?: string;
  /** The sizes that the factors must have. */
  readonly shape?: readonly number[];
  /** The rank that they must have. */
  readonly rank?: number;
}

/** Sizes and rank of a CP tensor. */
export interface CpSizes {
  readonly shape: readonly number[];
  readonly rank: number;
}

/** Refuses what is not a CP tensor as expected; looks at shapes, not at numbers. */
export function checkCp(name: string, cp: CpTensor, expected: CpExpectation = {}): CpSizes {
  const argument = expected.argument ?? '';
  if (typeof cp !== 'object' || cp === null) {
    throw new TypeError(`${name}: ${argument || 'cp'} is not a CP tensor { weights, factors }: ${String(cp)}`);
  }
  const sizes = checkCpFactors(name, cp.factors, expected);
  const weights = argument === '' ? 'weights' : `${argument} weights`;
  checkTensor(name, weights, cp.weights);
  if (cp.weights.order !== 1 || cp.weights.shape[0] !== sizes.rank) {
    throw new RangeError(`${name}: ${weights} has shape ${showShape(cp.weights.shape)}, expected [${sizes.rank}]`);
  }
  return sizes;
}

/** The same for the factors alone. */
export function checkCpFactors(
  name: string,
  factors: readonly Tensor[],
  { argument = '', shape, rank }: CpExpectation = {},
): CpSizes {
  const prefix = argument === '' ? '' : `${argument} `;
  if (!Array.isArray(factors)) {
    throw new TypeError(`${name}: ${prefix}factors is not an array of tensors: ${String(factors)}`);
  }
  if (factors.length !== (shape?.length ?? Math.max(1, factors.length))) {
    const length = shape?.length ?? 'at least 1';
    throw new RangeError(`${name}: ${prefix}factors has length ${factors.length}, expected ${length}`);
  }
  factors.forEach((factor, mode) => {
    checkTensor(name, `${prefix}factor ${mode}`, factor);
    if (factor.order === 2) return;
    throw new RangeError(`${name}: ${prefix}factor ${mode} is not of order 2: its shape is ${showShape(factor.shape)}`);
  });
  const columns = rank ?? factors[0].shape[1];
  factors.forEach(({ shape: received }, mode) => {
    const needed = [shape?.[mode] ?? received[0], columns];
    if (showShape(received) !== showShape(needed)) {
      throw new RangeError(
        `${name}: ${prefix}factor ${mode} has shape ${showShape(received)}, expected ${showShape(needed)}`,
      );
    }
  });
  checkRank(name, columns);
  return { shape: factors.map((factor) => factor.shape[0]), rank: columns };
}
