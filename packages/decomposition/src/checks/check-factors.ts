import { showShape, type Tensor } from '@neuronseek/tensor';
import { checkRank } from './check-rank.js';
import { checkTensor } from './check-tensor.js';

/** What factors are held to, beyond having one rank. */
export interface FactorExpectation {
  /** Name of the argument where there are several: 'init', 'b'. */
  readonly argument?: string;
  /** The sizes that the factors must have. */
  readonly shape?: readonly number[];
  /** The rank that they must have. */
  readonly rank?: number;
}

/** Sizes of the modes and the rank. */
export interface FactorSizes {
  readonly shape: readonly number[];
  readonly rank: number;
}

/** Refuses factors that are not one matrix a mode, all with the same number of columns, and as expected. */
export function checkFactors(
  name: string,
  factors: readonly Tensor[],
  { argument = '', shape, rank }: FactorExpectation = {},
): FactorSizes {
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
