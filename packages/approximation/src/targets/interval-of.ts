import type { Box } from './target-function.js';

/** The interval [a, b] that a box of dimension 1 is. Throws a RangeError by `name` for another box. */
export function intervalOf(name: string, domain: Box): readonly [number, number] {
  if (domain.length !== 1) {
    throw new RangeError(`${name}: only dimension 1 is supported: the domain has ${domain.length} axes`);
  }
  const [a, b] = domain[0];
  if (!Number.isFinite(b - a)) throw new RangeError(`${name}: domain must be finite: got [${a}, ${b}]`);
  if (!(a < b)) throw new RangeError(`${name}: domain must be an interval [a, b] with a < b: got [${a}, ${b}]`);
  return domain[0];
}
