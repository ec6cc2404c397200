import type { TargetFunction } from '../../targets/target-function.js';
import { axisLetters } from './cell.js';

/** The corners of the domain of f, and its widths. Throws a RangeError by `name` for a domain that is no box to be halved. */
export function checkBox(
  name: string,
  { domain, dimension }: TargetFunction,
): { readonly lower: Float64Array; readonly upper: Float64Array; readonly widths: Float64Array } {
  if (domain.length !== dimension) {
    throw new RangeError(`${name}: the domain must have ${dimension} axes: it has ${domain.length}`);
  }
  if (dimension > axisLetters.length) {
    throw new RangeError(`${name}: at most ${axisLetters.length} dimensions can be halved: got ${dimension}`);
  }
  domain.forEach(([a, b], i) => {
    if (!(a < b) || !Number.isFinite(b - a)) {
      throw new RangeError(`${name}: domain[${i}] must be a finite interval [a, b] with a < b: got [${a}, ${b}]`);
    }
  });
  const lower = Float64Array.from(domain, ([a]) => a);
  const upper = Float64Array.from(domain, ([, b]) => b);
  return { lower, upper, widths: upper.map((b, i) => b - lower[i]) };
}
