import type { FactorExpectation, FactorSizes } from '../checks/check-factors.js';
import { checkFinite } from '../checks/check-finite.js';
import { float64Elements } from '../float64-elements.js';
import { checkCp } from './check-cp.js';
import type { CpTensor } from './cp-tensor.js';

/** A CP tensor as the kernels read it: row-major float64, not to be written to. */
export interface CpNumbers extends FactorSizes {
  readonly weights: Float64Array;
  readonly factors: readonly Float64Array[];
}

/** The numbers of a CP tensor, checked: shapes as in `checkCp`, and finite. */
export function cpNumbers(name: string, cp: CpTensor, expected: FactorExpectation = {}): CpNumbers {
  const { shape, rank } = checkCp(name, cp, expected);
  const prefix = expected.argument ? `${expected.argument} ` : '';
  const weights = float64Elements(cp.weights);
  const factors = cp.factors.map(float64Elements);
  checkFinite(name, `${prefix}weights`, weights, cp.weights.shape);
  factors.forEach((factor, mode) => {
    checkFinite(name, `${prefix}factor ${mode}`, factor, cp.factors[mode].shape);
  });
  return { shape, rank, weights, factors };
}
