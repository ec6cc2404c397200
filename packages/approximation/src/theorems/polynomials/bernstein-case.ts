import { split } from '@neuronseek/tensor/random';
import { bernsteinBound, bernsteinPolynomial } from '../../classical/bernstein-polynomial.js';
import type { CaseResult, TheoremCase } from '../case-result.js';
import { certifyAgainst } from '../certify-against.js';
import { drawInteger, drawPiecewiseLinear, drawTakagi } from '../draw-target.js';

/** sup |f − B_n f| ≤ ω(1/(2·√n)): piecewise linear functions and Takagi's, degrees 1 … 24; certified by moduli on a grid. */
export const bernsteinCase: TheoremCase = (key): CaseResult => {
  const [kindKey, targetKey, degreeKey] = split(key, 3);
  const { f, text } = drawInteger(kindKey, 0, 2) === 0 ? drawTakagi(targetKey) : drawPiecewiseLinear(targetKey);
  const n = drawInteger(degreeKey, 1, 24);
  // Values of f instead of exact ones: a grid of rationals of degree 24 takes a hundred times as long.
  const { evaluateRational: _, ...h } = bernsteinPolynomial(f, n);
  const bound = bernsteinBound(f, n);
  const { lower, upper } = certifyAgainst(f, h, bound, bound / 64);
  const margin = (bound - upper) / bound;
  if (lower <= bound) return { margin };
  return { margin, fault: `${text}, degree ${n}: the error is ${lower} or more, the bound is ${bound}` };
};
