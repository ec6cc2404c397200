import { unitColumns } from '../unit-columns.js';
import { factorsAt, type Parameters } from './parameters.js';

/** The largest norm of a component at a vector of variables. */
export function largestComponent(parameters: Parameters, x: Float64Array): number {
  const { rank } = parameters;
  const sizes = new Float64Array(rank).fill(1);
  for (const factor of factorsAt(parameters, x)) {
    unitColumns(factor, rank).norms.forEach((norm, r) => {
      sizes[r] *= norm;
    });
  }
  return sizes.reduce((a, b) => Math.max(a, b), 0);
}
