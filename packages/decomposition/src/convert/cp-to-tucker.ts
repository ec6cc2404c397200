import { eye } from '@neuronseek/tensor';
import { checkCp } from '../cp/check-cp.js';
import type { CpTensor } from '../cp/cp-tensor.js';
import { cpToTensor } from '../cp/cp-to-tensor.js';
import type { TuckerTensor } from '../tucker/tucker-tensor.js';

/**
 * A CP tensor as a Tucker tensor, exact, with core sizes min(Iₙ, R): where a mode is larger than the rank R, its factor stays as it is and the core is
 * diagonal in it; where it is not, the factor is the unit matrix and the CP factor goes into the core.
 *
 * Differentiable with respect to weights and factors. Cost: 2·R·Π min(Iₙ, R) flops, the core being formed.
 *
 * @throws RangeError where shapes do not agree
 */
export function cpToTucker(cp: CpTensor): TuckerTensor {
  const { shape, rank } = checkCp('cpToTucker', cp);
  const stays = shape.map((n) => n > rank);
  const inner = cp.factors.map((factor, n) => (stays[n] ? eye(rank) : factor));
  return {
    core: cpToTensor({ weights: cp.weights, factors: inner }),
    factors: cp.factors.map((factor, n) => (stays[n] ? factor : eye(shape[n]))),
  };
}
