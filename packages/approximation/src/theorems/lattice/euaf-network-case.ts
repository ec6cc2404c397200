import { split } from '@neuronseek/tensor/random';
import { euafBound, euafNetwork } from '../../superexpressive/lattice/euaf-network.js';
import type { CaseResult, TheoremCase } from '../case-result.js';
import { certifyAgainst } from '../certify-against.js';
import { drawInteger, drawPiecewiseLinear, drawTakagi } from '../draw-target.js';

/** sup |f − h| ≤ ω_f(1/(4K)) + δ for h = euafNetwork(f, K, 1/64): drawn piecewise linear functions and Takagi's, K = 1 … 8. */
export const euafNetworkCase: TheoremCase = (key): CaseResult => {
  const [targetKey, sizeKey, kindKey] = split(key, 3);
  const { f, text } = drawInteger(kindKey, 0, 3) === 0 ? drawTakagi(targetKey) : drawPiecewiseLinear(targetKey);
  const cells = 2 ** drawInteger(sizeKey, 0, 3);
  const h = euafNetwork(f, cells, 1 / 64);
  const bound = euafBound(f, cells, h);
  const { upper } = certifyAgainst(f, h, bound, bound);
  const margin = bound > 0 ? (bound - upper) / bound : 0;
  if (upper <= bound) return { margin };
  return { margin, fault: `${text}, ${cells} cells: the error is ${upper}, the bound is ${bound}` };
};
