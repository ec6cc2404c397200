import { showShape } from '@neuronseek/tensor';
import { checkRank } from '../checks/check-rank.js';
import { checkTensor } from '../checks/check-tensor.js';
import type { CpTensor } from './cp-tensor.js';

/**
 * Refuses what is not a CP tensor of one rank; returns its shape. `argument` names it where there are several: 'init', 'b'.
 * Where a shape is given, the factors must have it, and where a rank is given they must have that.
 */
export function checkCp(
  name: string,
  cp: CpTensor,
  { argument = '', shape, rank }: { argument?: string; shape?: readonly number[]; rank?: number } = {},
): number[] {
  const prefix = argument === '' ? '' : `${argument} `;
  if (typeof cp !== 'object' || cp === null || !Array.isArray(cp.factors)) {
    throw new TypeError(`${name}: ${argument || 'cp'} is not a CP tensor { weights, factors }: ${String(cp)}`);
  }
  const { factors, weights } = cp;
  if (factors.length !== (shape?.length ?? Math.max(1, factors.length))) {
    throw new RangeError(
      `${name}: ${prefix}factors has length ${factors.length}, expected ${shape?.length ?? 'at least 1'}`,
    );
  }
  factors.forEach((factor, mode) => {
    checkTensor(name, `${prefix}factor ${mode}`, factor);
  });
  const columns = rank ?? factors[0].shape[1];
  factors.forEach(({ shape: received }, mode) => {
    const rows = shape?.[mode] ?? received[0];
    if (received.length !== 2) {
      throw new RangeError(`${name}: ${prefix}factor ${mode} is not of order 2: its shape is ${showShape(received)}`);
    }
    if (received[0] !== rows || received[1] !== columns) {
      throw new RangeError(
        `${name}: ${prefix}factor ${mode} has shape ${showShape(received)}, expected ${showShape([rows, columns])}`,
      );
    }
  });
  checkRank(name, columns);
  checkTensor(name, `${prefix}weights`, weights);
  if (weights.order !== 1 || weights.shape[0] !== columns) {
    throw new RangeError(`${name}: ${prefix}weights has shape ${showShape(weights.shape)}, expected [${columns}]`);
  }
  return factors.map((factor) => factor.shape[0]);
}
