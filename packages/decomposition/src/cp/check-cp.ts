import { showShape } from '@neuronseek/tensor';
import { checkFactors, type FactorExpectation, type FactorSizes } from '../checks/check-factors.js';
import { checkTensor } from '../checks/check-tensor.js';
import type { CpTensor } from './cp-tensor.js';

/** Refuses what is not a CP tensor as expected; looks at shapes, not at numbers. */
export function checkCp(name: string, cp: CpTensor, expected: FactorExpectation = {}): FactorSizes {
  const argument = expected.argument ?? '';
  if (typeof cp !== 'object' || cp === null) {
    throw new TypeError(`${name}: ${argument || 'cp'} is not a CP tensor { weights, factors }: ${String(cp)}`);
  }
  const sizes = checkFactors(name, cp.factors, expected);
  const weights = argument === '' ? 'weights' : `${argument} weights`;
  checkTensor(name, weights, cp.weights);
  if (cp.weights.order !== 1 || cp.weights.shape[0] !== sizes.rank) {
    throw new RangeError(`${name}: ${weights} has shape ${showShape(cp.weights.shape)}, expected [${sizes.rank}]`);
  }
  return sizes;
}
